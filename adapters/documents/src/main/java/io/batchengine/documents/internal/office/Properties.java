package io.batchengine.documents.internal.office;

import java.io.IOException;
import java.util.Set;
import org.apache.tika.metadata.Metadata;

/** What an office document says of itself: title, author, times, and how much there is of it. */
final class Properties {
    private static final Set<String> EXTENDED =
            Set.of("Application", "Company", "Manager", "Pages", "Words", "Characters", "Slides", "Paragraphs");

    private static final int MAX_VALUES = 100;

    private Properties() {}

    static void read(OfficePackage document, Metadata metadata) throws IOException {
        var root = document.relationships("");
        var core = document.related(root, "core-properties");
        if (core.isPresent()) {
            try (Xml xml = document.open(core.get())) {
                while (xml.next()) {
                    if (xml.isStart() && xml.depth() == 2) {
                        add(metadata, xml.prefixedName(), xml.elementText());
                    }
                }
            }
        }
        var extended = document.related(root, "extended-properties")
                .or(() -> document.related(root, "extendedProperties")); // so the strict form of the standard names it
        if (extended.isPresent()) {
            try (Xml xml = document.open(extended.get())) {
                while (xml.next()) {
                    if (xml.isStart() && xml.depth() == 2 && EXTENDED.contains(xml.name())) {
                        add(metadata, "extended-properties:" + xml.name(), xml.elementText());
                    }
                }
            }
        }
    }

    private static void add(Metadata metadata, String name, String value) {
        if (!value.isBlank() && metadata.getValues(name).length < MAX_VALUES) {
            metadata.add(name, value.strip());
        }
    }
}
