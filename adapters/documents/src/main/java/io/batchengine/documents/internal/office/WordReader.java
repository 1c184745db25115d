package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.OfficePackage.Relationship;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tika.metadata.Metadata;

/** Reads Word documents (DOCX): the body, and below it the notes. */
public final class WordReader implements DocumentReader {
    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        try (OfficePackage word = new OfficePackage(document, guard)) {
            Properties.read(word, metadata);
            String main = word.mainPart().orElseThrow(() -> new IOException("the document part is missing"));
            Map<String, Relationship> relationships = word.relationships(main);
            WordStyles styles = WordStyles.read(word, word.related(relationships, "styles"));
            WordNumbering numbering = WordNumbering.read(word, word.related(relationships, "numbering"));
            readPart(word, main, "document", relationships, styles, numbering, out);
            for (String part : furniture(relationships)) {
                if (word.has(part) && hasText(word, part)) {
                    out.unread("header or footer");
                }
            }
            for (String notes : List.of("footnotes", "endnotes")) {
                Optional<String> part = word.related(relationships, notes);
                if (part.isPresent()) {
                    readPart(word, part.get(), notes, word.relationships(part.get()), styles, numbering, out);
                }
            }
        }
    }

    private static Set<String> furniture(Map<String, Relationship> relationships) {
        return relationships.values().stream()
                .filter(each -> !each.external() && (each.is("header") || each.is("footer")))
                .map(Relationship::target)
                .collect(Collectors.toSet());
    }

    private static boolean hasText(OfficePackage word, String part) throws IOException {
        try (Xml xml = word.open(part)) {
            while (xml.next()) {
                if (xml.isStart("t") && !xml.elementText().isBlank()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void readPart(
            OfficePackage word,
            String part,
            String root,
            Map<String, Relationship> relationships,
            WordStyles styles,
            WordNumbering numbering,
            Xhtml out)
            throws IOException {
        WordBody body = new WordBody(out, styles, numbering, relationships);
        boolean found = !root.equals("document"); // notes stand in the root itself
        try (Xml xml = word.open(part)) {
            xml.root(root);
            while (xml.next()) {
                found |= xml.depth() == 2 && xml.isStart("body");
                body.take(xml);
            }
        }
        body.close();
        if (!found) {
            throw new IOException("the part " + part + " has no body");
        }
    }
}
