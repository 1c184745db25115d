package io.batchengine.documents.office;

import io.batchengine.documents.reading.Guard;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The content types of a package's parts: one for each extension, and others for single parts, which win. */
final class ContentTypes {
    static final String PART = "[Content_Types].xml";

    private final Map<String, String> byExtension = new HashMap<>();
    private final Map<String, String> byPart = new HashMap<>();

    private ContentTypes() {}

    static ContentTypes read(OfficePackage document, Guard guard) throws IOException {
        ContentTypes result = new ContentTypes();
        try (Xml xml = document.open(PART)) {
            while (xml.next()) {
                if (xml.isStart("Override") || xml.isStart("Default")) {
                    guard.entry();
                    String type =
                            xml.attribute("ContentType").orElse("").strip().toLowerCase(Locale.ROOT);
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

    /** The content type of a part in lower case, or an empty text. */
    String of(String part) {
        String key = PartNames.key(part);
        String own = byPart.get(key);
        return own != null ? own : byExtension.getOrDefault(PartNames.extension(key), "");
    }
}
