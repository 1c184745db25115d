package io.batchengine.documents.parse;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Xhtml;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.jspecify.annotations.Nullable;

/** Writes the text of a mail's parts and gathers the names of its attachments. */
final class MailBody {
    private final HtmlReader html = new HtmlReader();
    private final MailBodies bodies;
    private final Xhtml out;
    private final List<String> attachments;
    private final List<String> warnings;
    private final ReadingGuard guard;
    private boolean hasText;

    MailBody(MailBodies bodies, Xhtml out, List<String> attachments, List<String> warnings, ReadingGuard guard) {
        this.bodies = bodies;
        this.out = out;
        this.attachments = attachments;
        this.warnings = warnings;
        this.guard = guard;
    }

    /** Writes all parts; whether any has text. */
    boolean write(Message mail) throws IOException {
        writeBody(mail, 1);
        return hasText;
    }

    private void writeBody(Entity part, int depth) throws IOException {
        guard.checkNow();
        guard.depth(depth);
        Body body = part.getBody();
        if (body instanceof Multipart multipart) {
            List<Entity> parts = multipart.getBodyParts();
            if (multipart.getSubType().equalsIgnoreCase("alternative")) {
                parts = best(parts).toList();
            }
            for (Entity each : parts) {
                writeBody(each, depth + 1);
            }
        } else if (body instanceof TextBody text && part.getFilename() == null && !isAttachment(part)) {
            writeText(text, part.getMimeType());
        } else if (body != null) {
            attachments.add(name(part, body));
        }
    }

    /** The HTML of alternatives, otherwise whatever holds it, else the plain text: the richest that can be read. */
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

    private void writeText(TextBody body, String type) throws IOException {
        if (bodies.isLeftOut(body)) {
            throw guard.fail(Text.format(
                    "the mail's text is longer than the limit of %,d characters",
                    guard.limits().maxOutputCharacters()));
        }
        byte[] bytes;
        try (InputStream in = body.getInputStream()) {
            bytes = in.readAllBytes();
        }
        guard.buffered(bytes.length / 4);
        String text = new String(bytes, charset(body.getMimeCharset(), bytes));
        hasText |= !text.isBlank();
        if (type.equalsIgnoreCase("text/html")) {
            html.write(text, out, guard).ifPresent(warnings::add);
        } else {
            if (ZeroRun.isIn(bytes, bytes.length)) {
                warnings.add(ZeroRun.WARNING);
            }
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
}
