package io.batchengine.documents.internal.office;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Map;

/** Which charset an RTF document's bytes are in: the document's own, or that of the font. */
final class RtfCharsets {
    private static final Map<Integer, String> BY_FONT = Map.ofEntries(
            Map.entry(77, "x-MacRoman"),
            Map.entry(128, "windows-31j"),
            Map.entry(129, "x-windows-949"),
            Map.entry(134, "GBK"),
            Map.entry(136, "Big5"),
            Map.entry(161, "windows-1253"),
            Map.entry(162, "windows-1254"),
            Map.entry(163, "windows-1258"),
            Map.entry(177, "windows-1255"),
            Map.entry(178, "windows-1256"),
            Map.entry(186, "windows-1257"),
            Map.entry(204, "windows-1251"),
            Map.entry(222, "x-windows-874"),
            Map.entry(238, "windows-1250"));

    private final Map<Integer, Charset> fonts = new HashMap<>();
    private Charset document = charset("windows-1252");

    void document(String name) {
        document = charset(name);
    }

    void codePage(int number) {
        document =
                number == 65001 ? StandardCharsets.UTF_8 : charset("windows-" + number, "IBM" + number, "windows-1252");
    }

    void font(int font, int fontCharset) {
        String name = BY_FONT.get(fontCharset);
        if (name != null) {
            fonts.put(font, charset(name));
        }
    }

    Charset of(int font) {
        return fonts.getOrDefault(font, document);
    }

    private static Charset charset(String... names) {
        for (String name : names) {
            try {
                return Charset.forName(name);
            } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
                // the next one
            }
        }
        return StandardCharsets.ISO_8859_1;
    }
}
