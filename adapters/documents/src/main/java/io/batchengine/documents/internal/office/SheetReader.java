package io.batchengine.documents.internal.office;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.office.OfficePackage.Relationship;
import io.batchengine.documents.internal.office.SheetBlocks.Cell;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Texts;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;

/** Reads Excel documents (XLSX): each visible sheet's name as a heading, then its tables. */
public final class SheetReader implements DocumentReader {
    /** What a shared text costs beside its letters, which were counted. */
    private static final int SHARED_STRING = 4;

    /** A visible sheet, and what it is if it has no cells. */
    private record Sheet(String name, String part, String unread) {}

    /** What holds for the whole: since when days are counted, whether formulas want to be calculated first, whether there are sheets. */
    private record Reckoning(boolean from1904, boolean atOpening, boolean namesSheets) {}

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        try (OfficePackage workbook = new OfficePackage(document, guard)) {
            Properties.read(workbook, metadata);
            String main = workbook.mainPart().orElseThrow(() -> new IOException("the workbook part is missing"));
            Map<String, Relationship> relationships = workbook.relationships(main);
            List<Sheet> sheets = new ArrayList<>();
            Reckoning reckoning = readWorkbook(workbook, main, relationships, sheets, out, guard);
            CellFormats formats =
                    CellFormats.read(workbook, workbook.related(relationships, "styles"), reckoning.from1904, guard);
            Texts strings = sharedStrings(workbook, workbook.related(relationships, "sharedStrings"), guard);
            if (!reckoning.namesSheets) {
                throw new IOException("the workbook names no sheets");
            }
            SheetCells cells = new SheetCells(formats, strings);
            for (Sheet sheet : sheets) {
                out.part("sheet " + sheet.name);
                if (!sheet.unread.isEmpty()) {
                    out.unread(sheet.unread);
                    continue;
                }
                out.label("h2", sheet.name);
                SheetBlocks blocks = new SheetBlocks(out, guard);
                Map<String, String> links = links(workbook, sheet.part, guard);
                try (Xml xml = workbook.open(sheet.part)) {
                    xml.root("worksheet");
                    readCells(xml, sheet, cells, links, blocks);
                }
                blocks.close();
                tellDrawings(workbook, workbook.relationships(sheet.part), out);
            }
            out.part("");
            for (int i = 0; i < cells.uncalculated(); i++) {
                out.unread("uncalculated formula");
            }
            cells.warnings(reckoning.atOpening).forEach(warning -> metadata.add(ParsedDocument.WARNINGS, warning));
        }
    }

    private static void tellDrawings(OfficePackage workbook, Map<String, Relationship> ofSheet, Xhtml out)
            throws IOException {
        for (Relationship each : ofSheet.values()) {
            if (each.is("drawing") && !each.external()) {
                tellTextBoxes(workbook, each.target(), out);
                for (Relationship drawn : workbook.relationships(each.target()).values()) {
                    out.unread(drawn.is("image") || drawn.is("chart") ? drawn.kind() : "drawing");
                }
            }
        }
    }

    private static void tellTextBoxes(OfficePackage workbook, String drawing, Xhtml out) throws IOException {
        if (workbook.has(drawing)) {
            try (Xml xml = workbook.open(drawing)) {
                while (xml.next()) {
                    if (xml.isStart("txBody")) {
                        out.unread("text box");
                    }
                }
            }
        }
    }

    private static Reckoning readWorkbook(
            OfficePackage workbook,
            String main,
            Map<String, Relationship> relationships,
            List<Sheet> sheets,
            Xhtml out,
            ReadingGuard guard)
            throws IOException {
        boolean from1904 = false;
        boolean atOpening = false;
        boolean namesSheets = false;
        try (Xml xml = workbook.open(main)) {
            xml.root("workbook");
            while (xml.next()) {
                if (xml.isStart("workbookPr")) {
                    from1904 = isOn(xml, "date1904");
                } else if (xml.isStart("calcPr")) {
                    atOpening = isOn(xml, "fullCalcOnLoad");
                } else if (xml.isStart("sheet")) {
                    namesSheets = true;
                    guard.entry();
                    if (xml.attribute("state").orElse("visible").equals("visible")) {
                        Relationship part =
                                relationships.get(xml.relationship("id").orElse(""));
                        String name = xml.attribute("name").orElse("Sheet");
                        if (part == null) {
                            throw new IOException("the part of the sheet " + name + " is not named");
                        }
                        sheets.add(new Sheet(name, part.target(), unread(part)));
                    } else {
                        out.unread("hidden sheet");
                    }
                }
            }
        }
        return new Reckoning(from1904, atOpening, namesSheets);
    }

    private static String unread(Relationship sheet) {
        return switch (sheet.kind()) {
            case "chartsheet" -> "chart";
            case "dialogsheet" -> "dialog sheet";
            case "xlMacrosheet", "xlIntlMacrosheet" -> "macro sheet";
            default -> "";
        };
    }

    private static boolean isOn(Xml xml, String attribute) {
        String value = xml.attribute(attribute).orElse("0");
        return value.equals("1") || value.equals("true");
    }

    private static Texts sharedStrings(OfficePackage workbook, Optional<String> part, ReadingGuard guard)
            throws IOException {
        Texts strings = new Texts();
        if (part.isPresent()) {
            try (Xml xml = workbook.open(part.get())) {
                while (xml.next()) {
                    if (xml.isStart("si")) {
                        guard.buffered(SHARED_STRING);
                        strings.add(SheetCells.richText(xml, "si"));
                    }
                }
            }
        }
        return strings;
    }

    /** The links of a sheet, by cell. They stand behind the cells, so the sheet is read twice where it has any. */
    private static Map<String, String> links(OfficePackage workbook, String part, ReadingGuard guard)
            throws IOException {
        Map<String, Relationship> relationships = workbook.relationships(part);
        Map<String, String> links = new HashMap<>();
        if (relationships.values().stream().noneMatch(each -> each.is("hyperlink"))) {
            return links;
        }
        try (Xml xml = workbook.open(part)) {
            while (xml.next()) {
                if (xml.isStart("hyperlink")) {
                    Relationship target =
                            relationships.get(xml.relationship("id").orElse(""));
                    if (target != null && target.external()) {
                        guard.entry();
                        links.put(xml.attribute("ref").orElse(""), target.target());
                    }
                }
            }
        }
        return links;
    }

    private static void readCells(Xml xml, Sheet sheet, SheetCells cells, Map<String, String> links, SheetBlocks blocks)
            throws IOException {
        int row = 0;
        int column = 0;
        boolean found = false;
        while (xml.next()) {
            found |= xml.isStart("sheetData");
            if (xml.isStart("row")) {
                row = xml.number("r", row + 1);
                column = 0;
            } else if (xml.isStart("c")) {
                String reference = xml.attribute("r").orElse("");
                column = reference.isEmpty() ? column + 1 : column(reference);
                Cell cell = cells.read(xml, sheet.name + '!' + (reference.isEmpty() ? "row " + row : reference));
                if (!cell.text().isBlank()) {
                    blocks.cell(row, column, cell, links.get(reference));
                }
            }
        }
        if (!found) {
            throw new IOException("the sheet " + sheet.name + " has no cells, not even an empty list of them");
        }
    }

    /** The column of a reference such as {@code AB12}, from 1. Some programs write {@code $AB$12} or small letters. */
    private static int column(String reference) throws IOException {
        int column = 0;
        for (int i = reference.startsWith("$") ? 1 : 0; i < reference.length(); i++) {
            int letter = Character.toUpperCase(reference.charAt(i)) - 'A' + 1;
            if (letter < 1 || letter > 26) {
                break;
            }
            column = column * 26 + letter;
            if (column > 16_384) {
                throw new IOException("a cell lies beyond the last column");
            }
        }
        return Math.max(1, column);
    }
}
