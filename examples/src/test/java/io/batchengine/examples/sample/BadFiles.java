package io.batchengine.examples.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Files that no parser can read, or that mean harm. */
final class BadFiles {
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String SHEET_HEAD =
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    private static final String SHEET_TAIL = "</sheetData></worksheet>";
    private static final int BOMB_CHARACTERS = 280_000_000;
    private static final int DEPTH = 100_000;

    private BadFiles() {}

    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] whole = new PdfWriter(false).write(Reports.quarterly());
        files.put("bad-truncated.pdf", Arrays.copyOf(whole, whole.length * 2 / 5));
        files.put("bad-empty.txt", new byte[0]);
        files.put("bad-empty.docx", new byte[0]);
        files.put("bad-encrypted.pdf", encrypted());
        files.put("bad-archive-named.pdf", archive());
        byte[] sheet = new XlsxWriter().write(Sheets.budget());
        files.put("bad-zip-bomb.xlsx", bomb(sheet));
        files.put("bad-external-entity.xlsx", externalEntity(sheet));
        files.put("bad-deep-nesting.html", nested());
        return files;
    }

    /** The PDF opens with a password that nobody has. */
    private static byte[] encrypted() throws IOException {
        try (PDDocument pdf = new PdfWriter(false).draw(SampleLetters.reference())) {
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", "secret", new AccessPermission());
            policy.setEncryptionKeyLength(128);
            policy.setPreferAES(true);
            // Left to itself, the library makes an id of the time of day, and from it the key.
            COSString id = new COSString("sixteen bytes, 0".getBytes(StandardCharsets.US_ASCII));
            pdf.getDocument().setDocumentID(new COSArray(List.of(id, id)));
            pdf.protect(policy);
            pdf.getEncryption().getSecurityHandler().setCustomSecureRandom(new FixedRandom());
            return PdfWriter.save(pdf);
        }
    }

    private static byte[] archive() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("program.bin", new byte[] {1, 2, 3, 4});
        entries.put("data.bin", new byte[64]);
        return Zips.of(entries);
    }

    /** A well-formed workbook with 280 MB of text in one cell, in a zip of 280 kB. */
    private static byte[] bomb(byte[] sheet) throws IOException {
        String head = SHEET_HEAD + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>";
        return Zips.inflating(sheet, SHEET, XML + head, "a", BOMB_CHARACTERS, "</t></is></c></row>" + SHEET_TAIL);
    }

    /** The text of a cell is a file of the machine that reads it, if the reader is careless. */
    private static byte[] externalEntity(byte[] sheet) throws IOException {
        String entity = "<!DOCTYPE worksheet [<!ENTITY stolen SYSTEM \"file:///etc/hostname\">]>\n";
        String cell = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&stolen;</t></is></c></row>";
        return Zips.inflating(sheet, SHEET, XML + entity + SHEET_HEAD + cell, "", 0, SHEET_TAIL);
    }

    private static byte[] nested() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("<!DOCTYPE html>\n<title>Deep</title>\n".getBytes(StandardCharsets.US_ASCII));
        out.write("<div>".repeat(DEPTH).getBytes(StandardCharsets.US_ASCII));
        out.write("bottom\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** Not random, so that the same document is encrypted to the same bytes. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 42);
        }
    }
}
