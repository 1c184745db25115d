package io.batchengine.documents.parse;

import io.batchengine.documents.reading.DocumentReader;
import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Spool;
import io.batchengine.documents.reading.Xhtml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.tika.metadata.Metadata;
import org.jspecify.annotations.Nullable;

/** Reads mails (EML): the subject as a heading, who wrote to whom and when, the body, and the attachments' names. */
final class MailReader implements DocumentReader {
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setMaxLineLen(1_000_000)
            .setMaxHeaderLen(100_000)
            .setMaxHeaderCount(10_000)
            .build();

    private final HtmlReader html = new HtmlReader();

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, Guard guard) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(CONFIG);
        Message mail;
        try (InputStream in = document.open()) {
            mail = builder.parseMessage(in);
        }
        try {
            writeHead(mail, out, metadata);
            List<String> attachments = new ArrayList<>();
            writeBody(mail, out, attachments, guard, 1);
            writeAttachments(attachments, out, metadata);
        } finally {
            mail.dispose();
        }
    }

    private static void writeHead(Message mail, Xhtml out, Metadata metadata) {
        String subject = mail.getSubject() == null ? "" : mail.getSubject().strip();
        out.element("h1", subject.isEmpty() ? "(no subject)" : subject);
        out.start("p");
        boolean first = line(out, metadata, true, "From", "Message-From", addresses(mail.getFrom()));
        first = line(out, metadata, first, "To", "Message-To", addresses(mail.getTo()));
        first = line(out, metadata, first, "Cc", "Message-Cc", addresses(mail.getCc()));
        first = line(out, metadata, first, "Subject", "dc:subject", subject);
        Field date = mail.getHeader() == null ? null : mail.getHeader().getField("Date");
        line(
                out,
                metadata,
                first,
                "Date",
                "Message-Date",
                date == null ? "" : date.getBody().strip());
        out.end("p");
        if (!subject.isEmpty()) {
            metadata.set("dc:title", subject);
        }
        if (mail.getDate() != null) {
            metadata.set("dcterms:created", mail.getDate().toInstant().toString());
        }
    }

    private static boolean line(
            Xhtml out, Metadata metadata, boolean first, String name, String metadataName, String value) {
        if (value.isEmpty()) {
            return first;
        }
        if (!first) {
            out.lineBreak();
        }
        out.run(name + ":", true, false, false, null);
        out.text(" " + value);
        metadata.set(metadataName, value);
        return false;
    }

    private static String addresses(@Nullable Iterable<? extends Address> list) {
        if (list == null) {
            return "";
        }
        List<String> texts = new ArrayList<>();
        for (Address address : list) {
            if (address instanceof Mailbox mailbox
                    && mailbox.getName() != null
                    && !mailbox.getName().isBlank()) {
                texts.add(mailbox.getName() + " <" + mailbox.getAddress() + ">");
            } else {
                texts.add(address instanceof Mailbox mailbox ? mailbox.getAddress() : address.toString());
            }
        }
        return String.join(", ", texts);
    }

    private void writeBody(Entity part, Xhtml out, List<String> attachments, Guard guard, int depth)
            throws IOException {
        guard.checkNow();
        guard.depth(depth);
        Body body = part.getBody();
        if (body instanceof Multipart multipart) {
            List<Entity> parts = multipart.getBodyParts();
            if (multipart.getSubType().equalsIgnoreCase("alternative")) {
                parts = best(parts).toList();
            }
            for (Entity each : parts) {
                writeBody(each, out, attachments, guard, depth + 1);
            }
        } else if (body instanceof TextBody text && part.getFilename() == null && !isAttachment(part)) {
            writeText(text, part.getMimeType(), out, guard);
        } else if (body != null) {
            attachments.add(name(part, body));
        }
    }

    /** The HTML of alternatives, else whatever holds it, else the plain text: the richest that can be read. */
    private static Stream<Entity> best(List<Entity> parts) {
        for (String wanted : List.of("text/html", "multipart/", "text/")) {
            for (Entity part : parts) {
                if (part.getMimeType().toLowerCase(Locale.ROOT).startsWith(wanted)) {
                    return Stream.of(part);
                }
            }
        }
        return parts.stream().limit(1);
    }

    private void writeText(TextBody body, String type, Xhtml out, Guard guard) throws IOException {
        byte[] bytes;
        try (InputStream in = body.getInputStream()) {
            bytes = in.readAllBytes();
        }
        guard.buffered(bytes.length / 4);
        String text = new String(bytes, charset(body.getMimeCharset(), bytes));
        if (type.equalsIgnoreCase("text/html")) {
            html.write(text, out);
        } else {
            out.element("plaintext", TextContent.clean(text));
        }
    }

    private static Charset charset(@Nullable String name, byte[] bytes) throws IOException {
        try {
            // Without a declaration ASCII is meant, and anything is sent.
            if (name != null && !name.equalsIgnoreCase("us-ascii")) {
                return Charset.forName(name);
            }
        } catch (IllegalArgumentException unknown) {
            return new Charsets(false).detect(bytes);
        }
        return bytes.length == 0 ? StandardCharsets.UTF_8 : new Charsets(false).detect(bytes);
    }

    private static boolean isAttachment(Entity part) {
        return "attachment".equalsIgnoreCase(part.getDispositionType());
    }

    private static String name(Entity part, Body body) {
        String file = part.getFilename();
        if (file == null
                && part.getHeader() != null
                && part.getHeader().getField("Content-Type") instanceof ContentTypeField type) {
            file = type.getParameter("name"); // where old programs put it
        }
        if (file != null && !file.isBlank()) {
            return file;
        }
        if (body instanceof Message message && message.getSubject() != null) {
            return message.getSubject();
        }
        return part.getMimeType();
    }

    private static void writeAttachments(List<String> attachments, Xhtml out, Metadata metadata) {
        if (attachments.isEmpty()) {
            return;
        }
        out.element("h2", "Attachments");
        out.start("ul");
        attachments.forEach(name -> out.element("li", name));
        out.end("ul");
        metadata.set("Message-Attachments", attachments.stream().collect(Collectors.joining(", ")));
    }
}
