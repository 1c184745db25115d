package io.batchengine.examples.sample;

import io.batchengine.model.Text;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** Writes e-mails by RFC 5322 and MIME: text, text and HTML as alternatives, attachments. */
final class MailWriter {
    private static final String END = "\r\n";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, END.getBytes(StandardCharsets.US_ASCII));

    private MailWriter() {}

    static byte[] write(Mail mail) {
        StringBuilder out = new StringBuilder();
        header(out, "From", mail.from());
        header(out, "To", mail.to());
        header(out, "Subject", word(mail.body().title(), mail.charset()));
        header(out, "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(mail.date()));
        header(out, "Message-ID", "<" + mail.date().toEpochSecond() + "@sample.example>");
        header(out, "MIME-Version", "1.0");
        if (mail.attachments().isEmpty()) {
            body(out, mail);
        } else {
            header(out, "Content-Type", "multipart/mixed; boundary=\"=_mixed\"");
            out.append(END).append("--=_mixed").append(END);
            body(out, mail);
            for (Mail.Attachment attachment : mail.attachments()) {
                out.append("--=_mixed").append(END);
                header(out, "Content-Type", attachment.mediaType() + "; name=\"" + attachment.name() + "\"");
                header(out, "Content-Disposition", "attachment; filename=\"" + attachment.name() + "\"");
                header(out, "Content-Transfer-Encoding", "base64");
                out.append(END)
                        .append(LINES.encodeToString(attachment.content().getBytes(StandardCharsets.UTF_8)))
                        .append(END);
            }
            out.append("--=_mixed--").append(END);
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void body(StringBuilder out, Mail mail) {
        String text = PlainTextWriter.text(mail.body());
        if (!mail.withHtml()) {
            part(out, "text/plain", text, mail.charset());
            return;
        }
        header(out, "Content-Type", "multipart/alternative; boundary=\"=_alternative\"");
        out.append(END).append("--=_alternative").append(END);
        part(out, "text/plain", text, mail.charset());
        out.append("--=_alternative").append(END);
        part(out, "text/html", HtmlWriter.html(mail.body()), StandardCharsets.UTF_8);
        out.append("--=_alternative--").append(END);
    }

    private static void part(StringBuilder out, String mediaType, String text, Charset charset) {
        byte[] bytes = text.replace("\n", END).getBytes(charset);
        boolean latin = text.chars().filter(c -> c >= 0x80).count() * 4 < text.length();
        header(out, "Content-Type", mediaType + "; charset=" + charset.name());
        header(out, "Content-Transfer-Encoding", latin ? "quoted-printable" : "base64");
        out.append(END).append(latin ? quotedPrintable(bytes) : LINES.encodeToString(bytes));
        out.append(END);
    }

    private static void header(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append(END);
    }

    private static String word(String text, Charset charset) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        String code = Base64.getEncoder().encodeToString(text.getBytes(charset));
        return ascii ? text : "=?" + charset.name() + "?B?" + code + "?=";
    }

    private static String quotedPrintable(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' || b == '\n') {
                out.append((char) b);
                column = 0;
                continue;
            }
            boolean endsLine = i + 1 == bytes.length || bytes[i + 1] == '\r';
            boolean plain = (b > ' ' && b < 0x7f && b != '=') || (b == ' ' && !endsLine);
            String code = plain ? String.valueOf((char) b) : Text.format("=%02X", b & 0xff);
            if (column + code.length() > 75) {
                out.append('=').append(END);
                column = 0;
            }
            out.append(code);
            column += code.length();
        }
        return out.toString();
    }
}
