package io.batchengine.documents.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.batchengine.model.Text;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A PDF written object by object: what no library would write. Object 1 is the catalogue, object 2 the page tree, object 3 a font. */
final class RawPdf {
    static final String FONT = "/Font<</F1 3 0 R>>";

    private final List<String> objects = new ArrayList<>(
            List.of("<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"));
    private final List<Integer> pages = new ArrayList<>();

    /** Adds an object; its number. */
    int add(String object) {
        objects.add(object);
        return objects.size();
    }

    /** Adds a stream; its number. */
    int stream(String dictionary, String content) {
        return add(Text.format("<<%s/Length %d>>\nstream\n%s\nendstream", dictionary, content.length(), content));
    }

    /** Adds a form that draws; its number. */
    int form(String dictionary, String content) {
        return stream("/Type/XObject/Subtype/Form/BBox[0 0 612 792]" + dictionary, content);
    }

    /** Adds an image; its number. */
    int image() {
        return stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    }

    /** Adds a page of 612 by 792. */
    RawPdf page(String resources, String entries, String content) {
        int stream = stream("", content);
        pages.add(add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<" + resources + ">>/Contents "
                + stream + " 0 R" + entries + ">>"));
        return this;
    }

    /** Adds a page that draws a stream. */
    RawPdf contents(int stream) {
        pages.add(add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<" + FONT + ">>/Contents " + stream
                + " 0 R>>"));
        return this;
    }

    RawPdf page(String content) {
        return page(FONT, "", content);
    }

    /** Adds entries to the catalogue. */
    RawPdf catalogue(String entries) {
        objects.set(0, "<</Type/Catalog/Pages 2 0 R" + entries + ">>");
        return this;
    }

    /** Replaces the page tree's root. */
    RawPdf tree(String object) {
        objects.set(1, object);
        return this;
    }

    byte[] bytes() {
        if (!pages.isEmpty()) {
            StringBuilder kids = new StringBuilder();
            pages.forEach(page -> kids.append(page).append(" 0 R "));
            tree("<</Type/Pages/Kids[" + kids + "]/Count " + pages.size() + ">>");
        }
        StringBuilder out = new StringBuilder("%PDF-1.7\n");
        StringBuilder table = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            table.append(Text.format("%010d 00000 n \n", out.length()));
            out.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int at = out.length();
        out.append(table).append("trailer<</Size ").append(objects.size() + 1).append("/Root 1 0 R>>\nstartxref\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(out.append(at).append("\n%%EOF\n").toString().getBytes(ISO_8859_1));
        return bytes.toByteArray();
    }
}
