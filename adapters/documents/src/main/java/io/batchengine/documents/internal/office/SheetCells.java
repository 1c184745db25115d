package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.SheetBlocks.Cell;
import io.batchengine.documents.internal.reading.Shift;
import io.batchengine.documents.internal.reading.Texts;
import io.batchengine.model.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the cells of a workbook as they show, and counts the formulas that show nothing since their value was never stored. */
final class SheetCells {
    private static final String WAY_OUT = "open it in a spreadsheet program and save it again";

    private static final Pattern ZERO = Pattern.compile("-?0+(?:\\.0*)?");

    private final CellFormats formats;
    private final Texts strings;
    private int placeholders;
    private int uncalculated;
    private String firstUncalculated = "";

    SheetCells(CellFormats formats, Texts strings) {
        this.formats = formats;
        this.strings = strings;
    }

    /** The cell whose element was just entered; its text is empty where it shows nothing. */
    Cell read(Xml xml, String place) throws IOException {
        String type = xml.attribute("t").orElse("n");
        int style = xml.number("s", 0);
        String value = "";
        String text = "";
        boolean formula = false;
        while (xml.next() && !xml.isEnd("c")) {
            if (xml.isStart("v")) {
                value = xml.elementText();
            } else if (xml.isStart("is")) {
                text = richText(xml, "is");
            } else if (xml.isStart("f")) {
                formula = true;
                xml.skip();
            }
        }
        // A formula may give an empty text, but never an empty number.
        if (value.isEmpty() && formula && !type.equals("str") && text.isEmpty()) {
            firstUncalculated = uncalculated++ == 0 ? place : firstUncalculated;
            return text("");
        }
        placeholders += formula && isPlaceholder(type, value) ? 1 : 0;
        return switch (type) {
            case "s" -> text(value.isEmpty() ? "" : shared(value));
            case "inlineStr" -> text(text);
            case "b" -> text(value.isEmpty() ? "" : value.equals("1") || value.equals("true") ? "TRUE" : "FALSE");
            case "str", "e", "d" -> text(value);
            default -> new Cell(formats.number(value, style), true);
        };
    }

    /** Whether a value is what programs store that do not calculate. Any other value was calculated or given by the program. */
    private static boolean isPlaceholder(String type, String value) {
        return value.isEmpty() || (type.equals("n") && ZERO.matcher(value).matches());
    }

    private static Cell text(String text) {
        return new Cell(text, false);
    }

    private String shared(String index) throws IOException {
        if (!index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= strings.size()) {
            throw new IOException("a cell names a text that is not there");
        }
        return strings.get(Integer.parseInt(index));
    }

    /** How many formulas have no value. */
    int uncalculated() {
        return uncalculated;
    }

    /**
     * What a reader of the result is to be warned of.
     *
     * @param atOpening whether the document asks for all to be calculated when it is opened: a zero or nothing may then stand for any value
     */
    List<String> warnings(boolean atOpening) {
        List<String> warnings = new ArrayList<>();
        if (uncalculated > 0) {
            warnings.add(Text.format(
                    "not calculated: %s no stored value, the first at %s; %s",
                    uncalculated == 1 ? "1 formula has" : uncalculated + " formulas have", firstUncalculated, WAY_OUT));
        }
        if (atOpening && placeholders > 0) {
            warnings.add(Text.format(
                    "not calculated: the document wants its formulas to be calculated when it is opened, so that the stored values of"
                            + " %d, which are 0 or empty, may be wrong; %s",
                    placeholders, WAY_OUT));
        }
        if (formats.missing() > 0) {
            warnings.add(Text.format(
                    "damaged: the formats of cells are not there, so that dates show as numbers; numbers without a format: %d",
                    formats.missing()));
        }
        return warnings;
    }

    /** The text of an element, without the reading aids that East Asian text may carry. */
    static String richText(Xml xml, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        String shift = Shift.NONE;
        while (xml.next() && !xml.isEnd(end)) {
            if (xml.isStart("t")) {
                text.append(Shift.apply(shift, xml.elementText()));
            } else if (xml.isStart("r")) {
                shift = Shift.NONE;
            } else if (xml.isStart("vertAlign")) {
                shift = Shift.ofAlignment(xml.attribute("val").orElse(""));
            } else if (xml.isStart("rPh")) {
                xml.skip();
            }
        }
        return text.toString();
    }
}
