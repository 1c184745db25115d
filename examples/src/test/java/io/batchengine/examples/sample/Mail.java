package io.batchengine.examples.sample;

import java.nio.charset.Charset;
import java.time.ZonedDateTime;
import java.util.List;

/** An e-mail; its subject is the body's title. */
record Mail(
        String from,
        String to,
        ZonedDateTime date,
        Charset charset,
        boolean withHtml,
        Doc body,
        List<Attachment> attachments) {
    /** A text file that hangs on a mail. */
    record Attachment(String name, String mediaType, String content) {}
}
