package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.DocumentParser;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.TestFiles;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes documents of many small things, parses each, and prints what came of it. For a process with a small heap. */
final class SmallHeapProgram {
    private static final String RELATIONSHIP = "<Relationship Id='%s' Type='x/%s' Target='%s'/>";

    private static final DocumentParser PARSER =
            DocumentParsers.tika(new DocumentLimits(64 << 20, 1_000_000, 256, Duration.ofMinutes(2), 1 << 30, 200));

    private final Random random = new Random(5);

    private SmallHeapProgram() {}

    public static void main(String[] kinds) throws Exception {
        for (String kind : kinds) {
            String result;
            try {
                byte[] document = new SmallHeapProgram().document(kind);
                String name = "a." + kind.substring(0, kind.indexOf('-') < 0 ? kind.length() : kind.indexOf('-'));
                result = "read: "
                        + PARSER.parse(TestFiles.of(name, document), ParseMode.LAYOUT, () -> false)
                                .markdown()
                                .length() + " characters";
            } catch (DocumentException e) {
                result = String.valueOf(e.getMessage());
            } catch (OutOfMemoryError e) {
                result = "out of memory";
            }
            System.out.println(kind + ": " + result);
        }
    }

    private byte[] document(String kind) throws IOException {
        return switch (kind) {
            case "xlsx-rows" -> workbook("", "", 400_000, "<row><c><v>%d</v></c></row>");
            case "xlsx-short-rows" -> workbook("", "", 1_500_000, "<row><c><v>1</v></c></row>");
            case "xlsx-table" -> workbook("", "", 200_000, "<row><c><v>%d</v></c><c><v>1</v></c><c><v>2</v></c></row>");
            case "xlsx-strings" -> workbook("sharedStrings", "<sst>", 1_000_000, "<si><t>%d</t></si>");
            case "xlsx-styles" -> workbook("styles", "<styleSheet><cellXfs>", 400_000, "<xf numFmtId='%d'/>");
            case "xlsx-links" -> workbook("sheet", "", 400_000, "<hyperlink ref='A%d' id='r' xmlns='y'/>");
            case "docx-paragraphs" -> word("", 500_000, "<p><r><t>%d</t></r></p>");
            case "docx-table" ->
                word("<tbl>", 250_000, "<tr><tc><p><r><t>%d</t></r></p></tc><tc><p><r><t>1</t></r></p></tc></tr>");
            case "docx-looks" -> word("<p>", 400_000, "<r><t>%d</t></r><r><rPr><b/></rPr><t>b</t></r>");
            case "docx-styles" -> wordStyles();
            case "pptx-table" -> slides();
            case "csv-rows" -> repeat("%d\n", 700_000);
            case "csv-columns" -> repeat("%d,", 400_000);
            case "txt" -> repeat("%d ", 700_000);
            case "html-cells" -> repeat("<td>%d", 1_200_000);
            case "html-attributes" -> attributes();
            case "html-looks" -> repeat("<b>%d</b>a", 300_000);
            case "rtf-fonts" -> repeat("{\\f%d\\fcharset204}", 500_000);
            case "eml-attachment" -> mail(5_000_000);
            case "eml-parts" -> mail(0);
            case "eml-headers" -> headers();
            case "docx-directory" -> directory();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private byte[] repeat(String pattern, int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, pattern.startsWith("{") ? "{\\rtf1 " : "", pattern, count);
        return out.toByteArray();
    }

    /** The pattern again and again, its number changing so often that the compression is no suspicious one. */
    private void write(OutputStream out, String start, String pattern, int count) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out);
        buffered.write(start.getBytes(US_ASCII));
        byte[][] variants = new byte[10][];
        for (int i = 0; i < variants.length; i++) {
            variants[i] = pattern.replace("%d", String.valueOf(i)).getBytes(US_ASCII);
        }
        for (int i = 0; i < count; i++) {
            buffered.write(variants[i % 4 == 0 ? random.nextInt(variants.length) : 1]);
        }
        buffered.flush();
    }

    private static void part(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(US_ASCII));
    }

    private static String relationship(String id, String kind, String target) {
        return RELATIONSHIP.replaceFirst("%s", id).replaceFirst("%s", kind).replaceFirst("%s", target);
    }

    private byte[] workbook(String big, String start, int count, String pattern) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ZipOutputStream zip = new ZipOutputStream(bytes);
        part(zip, "_rels/.rels", "<R>" + relationship("a", "officeDocument", "w.xml") + "</R>");
        part(zip, "w.xml", "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='s'/></sheets></workbook>");
        part(
                zip,
                "_rels/w.xml.rels",
                "<R>" + relationship("s", "worksheet", "s.xml") + relationship("t", "sharedStrings", "t.xml")
                        + relationship("u", "styles", "u.xml") + "</R>");
        boolean sheet = big.isEmpty() || big.equals("sheet");
        if (big.equals("sheet")) {
            part(
                    zip,
                    "_rels/s.xml.rels",
                    "<R><Relationship Id='r' Type='x/hyperlink' Target='https://e.example' TargetMode='External'/></R>");
        }
        zip.putNextEntry(new ZipEntry(sheet ? "s.xml" : big.equals("styles") ? "u.xml" : "t.xml"));
        String head =
                big.equals("sheet") ? "<worksheet xmlns:r='r'><sheetData/>" : sheet ? "<worksheet><sheetData>" : start;
        write(zip, head, pattern.replace(" id='r' xmlns='y'", " r:id='r'"), count);
        zip.write((sheet
                        ? big.isEmpty() ? "</sheetData></worksheet>" : "</worksheet>"
                        : big.equals("styles") ? "</cellXfs></styleSheet>" : "</sst>")
                .getBytes(US_ASCII));
        if (!sheet) {
            part(zip, "s.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
        }
        zip.close();
        return bytes.toByteArray();
    }

    private byte[] word(String start, int count, String pattern) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ZipOutputStream zip = new ZipOutputStream(bytes);
        part(zip, "_rels/.rels", "<R>" + relationship("a", "officeDocument", "d.xml") + "</R>");
        zip.putNextEntry(new ZipEntry("d.xml"));
        write(zip, "<document><body>" + start, pattern, count);
        zip.write((start.replace("<", "</") + "</body></document>").getBytes(US_ASCII));
        zip.close();
        return bytes.toByteArray();
    }

    private byte[] wordStyles() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ZipOutputStream zip = new ZipOutputStream(bytes);
        part(zip, "_rels/.rels", "<R>" + relationship("a", "officeDocument", "d.xml") + "</R>");
        part(zip, "_rels/d.xml.rels", "<R>" + relationship("b", "styles", "s.xml") + "</R>");
        part(zip, "d.xml", "<document><body/></document>");
        zip.putNextEntry(new ZipEntry("s.xml"));
        zip.write("<styles>".getBytes(US_ASCII));
        for (int i = 0; i < 400_000; i++) {
            zip.write(("<style styleId='s" + i + "'/>").getBytes(US_ASCII));
        }
        zip.write("</styles>".getBytes(US_ASCII));
        zip.close();
        return bytes.toByteArray();
    }

    private byte[] slides() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ZipOutputStream zip = new ZipOutputStream(bytes);
        part(zip, "_rels/.rels", "<R>" + relationship("a", "officeDocument", "p.xml") + "</R>");
        part(zip, "p.xml", "<presentation xmlns:r='r'><sldId r:id='s'/></presentation>");
        part(zip, "_rels/p.xml.rels", "<R>" + relationship("s", "slide", "s.xml") + "</R>");
        zip.putNextEntry(new ZipEntry("s.xml"));
        write(
                zip,
                "<sld><cSld><tbl>",
                "<tr><tc><p><r><t>%d</t></r></p></tc><tc><p><r><t>1</t></r></p></tc></tr>",
                250_000);
        zip.write("</tbl></cSld></sld>".getBytes(US_ASCII));
        zip.close();
        return bytes.toByteArray();
    }

    private static byte[] attributes() {
        StringBuilder element = new StringBuilder("<p");
        for (int i = 0; i < 512; i++) {
            element.append(' ').append(Integer.toString(i, 36)).append("x");
        }
        return element.append('>').toString().repeat(8_000).getBytes(US_ASCII);
    }

    private static byte[] headers() {
        String part = "--b\n" + "A:\n".repeat(9_000) + "\n\n";
        return ("From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                        + part.repeat(600))
                .getBytes(US_ASCII);
    }

    /** One part, and a directory that names it with comments of 65,000 bytes, again and again. */
    private static byte[] directory() {
        byte[] zip = TestFiles.zip(Map.of("a", "b"));
        int start = indexOf(zip, 0x02014b50);
        int end = indexOf(zip, 0x06054b50);
        ByteBuffer entry = ByteBuffer.allocate(end - start + 65_000).order(ByteOrder.LITTLE_ENDIAN);
        entry.put(zip, start, end - start).putShort(32, (short) 65_000);
        ByteBuffer out =
                ByteBuffer.allocate(start + 800 * entry.capacity() + 22).order(ByteOrder.LITTLE_ENDIAN);
        out.put(zip, 0, start);
        for (int i = 0; i < 800; i++) {
            out.put(entry.array());
        }
        out.put(zip, end, 22);
        int record = out.capacity() - 22;
        out.putShort(record + 8, (short) 800).putShort(record + 10, (short) 800).putInt(record + 12, record - start);
        return out.array();
    }

    private static int indexOf(byte[] zip, int mark) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != mark) {
            at++;
        }
        return at;
    }

    private static byte[] mail(int attachment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, US_ASCII);
        out.print("From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n");
        if (attachment == 0) {
            for (int i = 0; i < 30_000; i++) {
                out.print("--b\n\n\n");
            }
        } else {
            out.print(
                    "--b\n\nhello\n--b\nContent-Type: application/x; name=a.bin\nContent-Transfer-Encoding: base64\n\n");
            for (int i = 0; i < attachment / 57; i++) {
                out.print("QUJD".repeat(19) + "\n");
            }
        }
        out.print("\n--b--\n");
        out.flush();
        return bytes.toByteArray();
    }
}
