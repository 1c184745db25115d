package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The content types of a package's parts: one for each extension, and others for single parts, which win. */
final class ContentTypes {
    static final String PART = "[Content_Types].xml";

    private final Map<String, String> byExtension = new HashMap<>();
    private final Map<String, String> byPart = new LinkedHashMap<>();

    private ContentTypes() {}

    static ContentTypes read(OfficePackage document, ReadingGuard guard) throws IOException {
        ContentTypes result = new ContentTypes();
        try (Xml xml = document.open(PART)) {
            while (xml.next()) {
                if (xml.isStart("Override") || xml.isStart("Default")) {
                    guard.entry();
                    String type = plain(xml.attribute("ContentType").orElse(""));
                    if (xml.isStart("Override")) {
                        result.byPart.put(
                                PartNames.key(xml.attribute("PartName").orElse("")), type);
                    } else {
                        result.byExtension.put(
                                xml.attribute("Extension").orElse("").toLowerCase(Locale.ROOT), type);
                    }
                }
            }
        }
        return result;
    }

    /** In lower case, without parameters such as {@code charset=utf-8}. */
    private static String plain(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** The parts that are the main part of a document of a kind that is read, in the order in which they are listed. */
    List<String> mainParts() {
        return byPart.entrySet().stream()
                .filter(each -> each.getValue().endsWith(".main+xml")
                        && OfficeKind.ofType(each.getValue()).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The content type of a part in lower case, or an empty text. */
    String of(String part) {
        String key = PartNames.key(part);
        String own = byPart.get(key);
        return own != null ? own : byExtension.getOrDefault(PartNames.extension(key), "");
    }
}
