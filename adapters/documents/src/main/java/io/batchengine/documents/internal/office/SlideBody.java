package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.OfficePackage.Relationship;
import io.batchengine.documents.internal.reading.ListWriter;
import io.batchengine.documents.internal.reading.Shift;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the shapes of a slide into XHTML. One reading gives the title, another one the rest. */
final class SlideBody {
    private static final Set<String> TITLES = Set.of("title", "ctrTitle");
    /** Placeholders whose text is the same on every slide. */
    private static final Set<String> FURNITURE = Set.of("dt", "ftr", "sldNum", "hdr", "sldImg");
    /** Placeholders whose paragraphs have bullets unless they say otherwise. */
    private static final Set<String> BULLETED = Set.of("body", "obj");

    private final Xml xml;
    private final Map<String, Relationship> relationships;
    private final Xhtml out;
    private final ListWriter lists;
    private String placeholder = "";
    private int number;

    private enum Bullet {
        INHERITED,
        NONE,
        MARK,
        NUMBER
    }

    SlideBody(Xml xml, Map<String, Relationship> relationships, Xhtml out) {
        this.xml = xml;
        this.relationships = relationships;
        this.out = out;
        this.lists = new ListWriter(out);
    }

    /** Writes the title; false where there is none. */
    boolean readTitle() throws IOException {
        boolean found = false;
        boolean hasContent = false;
        while (xml.next()) {
            hasContent |= xml.isStart("cSld");
            if (startsShape()) {
                continue;
            }
            if (xml.isStart("txBody") && TITLES.contains(placeholder) && !found) {
                String heading = placeholder.equals("title") ? "h2" : "h1";
                StringBuilder title = new StringBuilder();
                String shift = Shift.NONE;
                while (xml.next() && !xml.isEnd("txBody")) {
                    if (xml.isStart("t")) {
                        title.append(Shift.apply(shift, xml.elementText()));
                    } else if (xml.isStart("r")) {
                        shift = Shift.NONE;
                    } else if (xml.isStart("rPr")) {
                        shift = Shift.of(xml.attribute("baseline").orElse(""));
                    } else if (xml.isEnd("p") || xml.isStart("br")) {
                        title.append(' ');
                    }
                }
                found = !title.toString().isBlank();
                if (found) {
                    out.element(heading, title.toString());
                }
            }
        }
        if (!hasContent) {
            throw new IOException("a slide has no content");
        }
        return found;
    }

    void readRest() throws IOException {
        while (xml.next()) {
            if (startsShape()) {
                continue;
            }
            if (xml.isStart("txBody") && !TITLES.contains(placeholder) && !FURNITURE.contains(placeholder)) {
                readText("txBody");
            } else if (xml.isStart("tbl")) {
                readTable();
            } else if (xml.isStart("Fallback") || xml.isStart("bg")) {
                xml.skip();
            } else if (xml.isStart("blip")) {
                out.unread("image");
            } else if (xml.isStart("chart")) {
                out.unread("chart");
            } else if (xml.isStart("oleObj")) {
                out.unread("embedded object");
            } else if (xml.isStart("relIds") || xml.isStart("contentPart")) {
                out.unread("drawing"); // SmartArt, ink
            }
        }
    }

    void readNotes() throws IOException {
        while (xml.next()) {
            if (!startsShape() && xml.isStart("txBody") && placeholder.equals("body")) {
                placeholder = ""; // notes have no bullets
                readText("txBody");
            }
        }
    }

    private boolean startsShape() {
        if (xml.isStart("sp") || xml.isStart("graphicFrame") || xml.isStart("pic")) {
            placeholder = "";
            return true;
        }
        if (xml.isStart("ph")) {
            placeholder = xml.attribute("type").orElse("obj");
            return true;
        }
        return false;
    }

    private void readText(String end) throws IOException {
        number = 0;
        while (xml.next() && !xml.isEnd(end)) {
            if (xml.isStart("p")) {
                readParagraph();
            }
        }
        lists.close();
    }

    private void readParagraph() throws IOException {
        Bullet bullet = Bullet.INHERITED;
        int level = 0;
        boolean open = false;
        while (xml.next() && !xml.isEnd("p")) {
            if (!xml.isStart()) {
                continue;
            }
            switch (xml.name()) {
                case "pPr" -> level = Math.max(0, xml.number("lvl", 0));
                case "buNone" -> bullet = Bullet.NONE;
                case "buChar", "buBlip" -> bullet = Bullet.MARK;
                case "buAutoNum" -> bullet = Bullet.NUMBER;
                case "br" -> {
                    if (open) {
                        out.lineBreak();
                    }
                }
                case "r", "fld" -> {
                    if (!open) {
                        open(bullet, level);
                        open = true;
                    }
                    readRun(xml.name());
                }
                default -> {
                    // The rest is looks.
                }
            }
        }
        if (open && !isItem(bullet)) {
            out.end("p");
        }
    }

    private boolean isItem(Bullet bullet) {
        return switch (bullet) {
            case MARK, NUMBER -> true;
            case NONE -> false;
            case INHERITED -> BULLETED.contains(placeholder);
        };
    }

    private void open(Bullet bullet, int level) {
        if (isItem(bullet)) {
            lists.item(level, bullet == Bullet.NUMBER, ++number);
        } else {
            lists.close();
            out.start("p");
        }
    }

    private void readRun(String end) throws IOException {
        boolean bold = false;
        boolean italic = false;
        boolean strike = false;
        String shift = Shift.NONE;
        @Nullable String link = null;
        while (xml.next() && !xml.isEnd(end)) {
            if (xml.isStart("rPr")) {
                bold = xml.attribute("b").filter(SlideBody::isOn).isPresent();
                shift = Shift.of(xml.attribute("baseline").orElse(""));
                italic = xml.attribute("i").filter(SlideBody::isOn).isPresent();
                strike = xml.attribute("strike")
                        .filter(value -> !value.equals("noStrike"))
                        .isPresent();
            } else if (xml.isStart("hlinkClick")) {
                Relationship target = relationships.get(xml.relationship("id").orElse(""));
                link = target != null && target.external() ? target.target() : null;
            } else if (xml.isStart("t")) {
                out.run(xml.elementText(), shift, bold, italic, strike, link);
            }
        }
    }

    private static boolean isOn(String value) {
        return value.equals("1") || value.equals("true");
    }

    private void readTable() throws IOException {
        placeholder = "";
        out.start("table");
        while (xml.next() && !xml.isEnd("tbl")) {
            if (xml.isStart("tr") || xml.isEnd("tr")) {
                if (xml.isStart()) {
                    out.start("tr");
                } else {
                    out.end("tr");
                }
            } else if (xml.isStart("tc")) {
                // A cell that another one covers is there too, empty, so no span is needed.
                out.start("td");
                readText("tc");
                out.end("td");
            }
        }
        out.end("table");
    }
}
