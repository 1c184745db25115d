package io.batchengine.documents.parse;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Mailbox;
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

    private static final int HEAD = 1 << 16;

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(CONFIG);
        MailEnd end = new MailEnd();
        builder.setDecodeMonitor(end);
        builder.setFieldParser(new MailFields(guard));
        MailBodies bodies = new MailBodies(guard);
        builder.setBodyFactory(bodies);
        Message mail;
        try (InputStream in = document.open()) {
            mail = builder.parseMessage(in);
        }
        try {
            writeHead(mail, out, metadata);
            List<String> attachments = new ArrayList<>();
            List<String> warnings = new ArrayList<>();
            boolean hasText = new MailBody(bodies, out, attachments, warnings, guard).write(mail);
            if (end.isMissing() || isEmptyMultipart(mail)) {
                warnings.add("damaged: the end of the mail is missing, it may have been cut off");
            }
            if (hasZeros(document.head(HEAD))) {
                warnings.add(ZeroRun.WARNING);
            }
            warnings.stream().distinct().forEach(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
            if (!hasText && !attachments.isEmpty()) {
                metadata.add(
                        ParsedDocument.WARNINGS,
                        "the mail has no text of its own; attachments are named and not read: " + attachments.size());
            }
            writeAttachments(attachments, out, metadata);
        } finally {
            mail.dispose();
        }
    }

    /** Whether zero bytes stand among the fields, which an empty line ends. */
    private static boolean hasZeros(byte[] head) {
        int end = 1;
        while (end < head.length && !(head[end] == '\n' && (head[end - 1] == '\n' || isEmptyLine(head, end)))) {
            end++;
        }
        return ZeroRun.isIn(head, Math.min(end, head.length));
    }

    private static boolean isEmptyLine(byte[] head, int end) {
        return end > 1 && head[end - 1] == '\r' && head[end - 2] == '\n';
    }

    private static boolean isEmptyMultipart(Message mail) {
        return mail.getBody() instanceof Multipart multipart
                && multipart.getBodyParts().isEmpty();
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
