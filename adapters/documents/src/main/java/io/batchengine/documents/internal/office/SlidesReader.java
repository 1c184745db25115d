package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.OfficePackage.Relationship;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;

/** Reads PowerPoint documents (PPTX): each slide's title as a heading, then its other shapes, then the speaker's notes. */
public final class SlidesReader implements DocumentReader {
    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        try (OfficePackage presentation = new OfficePackage(document, guard)) {
            Properties.read(presentation, metadata);
            String main =
                    presentation.mainPart().orElseThrow(() -> new IOException("the presentation part is missing"));
            int number = 0;
            for (String slide : slides(presentation, main, guard)) {
                readSlide(presentation, slide, ++number, out);
            }
        }
    }

    private static Set<String> slides(OfficePackage presentation, String main, ReadingGuard guard) throws IOException {
        Map<String, Relationship> relationships = presentation.relationships(main);
        Set<String> slides = new LinkedHashSet<>(); // one that is listed twice is read once
        try (Xml xml = presentation.open(main)) {
            xml.root("presentation");
            while (xml.next()) {
                if (xml.isStart("sldId")) {
                    guard.buffered(1);
                    Relationship slide =
                            relationships.get(xml.relationship("id").orElse(""));
                    if (slide == null || !presentation.has(slide.target())) {
                        throw new IOException("a slide is not there");
                    }
                    slides.add(slide.target());
                }
            }
        }
        boolean unlisted = relationships.values().stream().anyMatch(each -> each.is("slide"))
                || presentation.hasBelow("ppt/slides/", ".xml");
        if (slides.isEmpty() && unlisted) {
            throw new IOException("the presentation lists none of its slides");
        }
        return slides;
    }

    private static void readSlide(OfficePackage presentation, String part, int number, Xhtml out) throws IOException {
        Map<String, Relationship> relationships = presentation.relationships(part);
        out.part("slide " + number);
        // The title may stand behind other shapes, so it is looked for first.
        boolean titled = false;
        try (Xml xml = presentation.open(part)) {
            xml.root("sld");
            titled = new SlideBody(xml, relationships, out).readTitle();
        }
        if (!titled) {
            out.label("h2", "Slide " + number);
        }
        try (Xml xml = presentation.open(part)) {
            new SlideBody(xml, relationships, out).readRest();
        }
        Optional<String> notes = presentation.related(relationships, "notesSlide");
        if (notes.isPresent()) {
            out.start("blockquote");
            try (Xml xml = presentation.open(notes.get())) {
                new SlideBody(xml, presentation.relationships(notes.get()), out).readNotes();
            }
            out.end("blockquote");
        }
    }
}
