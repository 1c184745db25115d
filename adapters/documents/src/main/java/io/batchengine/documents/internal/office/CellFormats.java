package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.Ints;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;

/** The formats of a workbook's cells. Dates are given as ISO 8601, since their own formats leave the order of day and month open. */
final class CellFormats {
    private static final int MAX_FORMAT = 255;

    /** Whole numbers below it are exact. */
    private static final double MAX_WHOLE = 1e15;
    /** A duration, which may be longer than a day; its hours, minutes or seconds stand in brackets. */
    private static final Pattern ELAPSED = Pattern.compile("\\[(?:h+|m+|s+)]", Pattern.CASE_INSENSITIVE);

    private final DataFormatter formatter = new DataFormatter(Locale.ROOT);
    private final Map<Integer, String> formats = new HashMap<>();
    private final Ints styles = new Ints();
    private final boolean from1904;
    private int missing;

    private CellFormats(boolean from1904) {
        this.from1904 = from1904;
    }

    static CellFormats read(OfficePackage workbook, Optional<String> part, boolean from1904, ReadingGuard guard)
            throws IOException {
        CellFormats result = new CellFormats(from1904);
        if (part.isEmpty()) {
            return result;
        }
        boolean inCellStyles = false;
        try (Xml xml = workbook.open(part.get())) {
            while (xml.next()) {
                if (xml.isStart("numFmt")) {
                    guard.entry();
                    result.formats.put(
                            xml.number("numFmtId", 0),
                            xml.attribute("formatCode").orElse("General"));
                } else if (xml.isStart("cellXfs") || xml.isEnd("cellXfs")) {
                    inCellStyles = xml.isStart();
                } else if (xml.isStart("xf") && inCellStyles) {
                    guard.entry();
                    result.styles.add(xml.number("numFmtId", 0));
                }
            }
        }
        return result;
    }

    /** A number as the cell shows it. */
    String number(String value, int style) {
        if (value.isEmpty()) {
            return "";
        }
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return value;
        }
        int index = style >= 0 && style < styles.size() ? styles.get(style) : 0;
        missing += style > 0 && style >= styles.size() ? 1 : 0;
        String format = format(index);
        boolean general = format.equals("General") || format.equals("@");
        if (general && number == Math.rint(number) && Math.abs(number) < MAX_WHOLE) {
            return Long.toString((long) number); // a program shows 1.23457E+11, and such a number is mostly a name
        }
        if (format.length() > MAX_FORMAT || !Double.isFinite(number)) {
            return value;
        }
        if (DateUtil.isADateFormat(index, format) && DateUtil.isValidExcelDate(number)) {
            return ELAPSED.matcher(format).find() ? duration(number) : date(number);
        }
        return formatter.formatRawCellContents(number, index, format, from1904).strip();
    }

    /** How many numbers name a format that is not there: a date among them shows as a number. */
    int missing() {
        return missing;
    }

    private String format(int index) {
        String own = formats.get(index);
        if (own != null) {
            return own;
        }
        String builtin = BuiltinFormats.getBuiltinFormat(index);
        return builtin == null ? "General" : builtin;
    }

    private static String duration(double days) {
        long seconds = Math.round(days * 86_400);
        return Text.format("%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    private String date(double number) {
        LocalDateTime time = DateUtil.getLocalDateTime(number, from1904, true);
        if (time == null) {
            return Double.toString(number);
        }
        LocalTime ofDay = time.toLocalTime().truncatedTo(ChronoUnit.SECONDS);
        if (number < 1) {
            return ofDay.toString();
        }
        String day = time.toLocalDate().toString();
        return ofDay.equals(LocalTime.MIDNIGHT) ? day : day + ' ' + ofDay;
    }
}
