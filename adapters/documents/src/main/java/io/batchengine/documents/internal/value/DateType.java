package io.batchengine.documents.internal.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, as its ISO 8601 form. Tried are the given formats, then the usual forms: {@code 2026-03-05}, {@code 05.03.2026},
 * {@code 5 March 2026}, {@code March 5, 2026}, {@code 5. März 2026}, {@code 2026年3月5日}, {@code 令和8年3月5日}; a weekday before or
 * a time behind is left out. Years of two digits are 1980 to 2079.
 *
 * @param formats more formats, tried first
 * @param locale the language of month names, tried first, or null
 * @param order which of the small numbers is the day, and which the year
 */
public record DateType(
        List<DateTimeFormatter> formats, @Nullable Locale locale, DateOrder order) implements ValueType {
    private static final int MAX_DATE_LENGTH = 100;
    private static final String WEEKDAY = "(?:\\p{L}{2,20}\\.?,? +)?";
    private static final String END = "(?:[T ,]+[0-9]{1,2}:[0-9]{2}.*| ?\\([^()]{1,12}\\))?";

    private static final Pattern YEAR_FIRST =
            Pattern.compile(WEEKDAY + "([0-9]{4})([-/.])([0-9]{1,2})\\2([0-9]{1,2})\\.?" + END);
    private static final Pattern EAST_ASIAN = Pattern.compile(
            "([0-9]{4}) ?[\u5e74\ub144] ?([0-9]{1,2}) ?[\u6708\uc6d4] ?([0-9]{1,2}) ?[\u65e5\uc77c]" + END);
    private static final Pattern JAPANESE_ERA = Pattern.compile(
            "(\u4ee4\u548c|\u5e73\u6210|\u662d\u548c) ?([0-9]{1,2}|\u5143)\u5e74 ?([0-9]{1,2})\u6708 ?([0-9]{1,2})\u65e5"
                    + END);
    private static final Pattern YEAR_LAST =
            Pattern.compile(WEEKDAY + "([0-9]{1,2})([-/.]) ?([0-9]{1,2})\\2 ?([0-9]{4}|[0-9]{2})" + END);
    private static final Pattern SHORT_YEAR_FIRST =
            Pattern.compile(WEEKDAY + "([0-9]{2})([-/])([0-9]{1,2})\\2([0-9]{1,2})" + END);
    private static final Pattern DAY_AND_NAME = Pattern.compile(WEEKDAY
            + "(?:\\p{L}{2,3} +)?([0-9]{1,2})(?:st|nd|rd|th|er|re|\u00ba|\u00aa|o|a|\\.)?[ /-]*"
            + "(?:de +|of +)?([\\p{L}\\p{M}]{3,20})\\.?,?[ /-]*(?:de +|del +)?([0-9]{4})" + END);
    private static final Pattern NAME_AND_DAY =
            Pattern.compile(WEEKDAY + "([\\p{L}\\p{M}]{3,20})\\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})" + END);

    /** Copies the formats. */
    public DateType {
        formats = List.copyOf(formats);
    }

    @Override
    public Optional<Object> read(String text) {
        String plain = SignedNumber.plain(text);
        if (plain.isEmpty() || plain.length() > MAX_DATE_LENGTH) {
            return Optional.empty();
        }
        return byFormats(plain)
                .or(() -> numbers(plain))
                .or(() -> eastAsian(plain))
                .or(() -> names(plain))
                .map(LocalDate::toString);
    }

    @Override
    public String noun() {
        return "a date";
    }

    @Override
    public Notation notation() {
        return Notation.DATE;
    }

    @Override
    public int configuredWay() {
        return order.way();
    }

    @Override
    public ValueType in(int way) {
        return new DateType(formats, locale, DateOrder.of(way));
    }

    private Optional<LocalDate> byFormats(String text) {
        for (DateTimeFormatter format : formats) {
            try {
                return Optional.of(LocalDate.parse(text, format));
            } catch (DateTimeException e) { // the next one may fit
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDate> numbers(String text) {
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return date(yearFirst.group(1), number(yearFirst, 3), number(yearFirst, 4));
        }
        Matcher yearLast = YEAR_LAST.matcher(text);
        boolean points = yearLast.matches() && yearLast.group(2).equals(".");
        if (order == DateOrder.YEAR_FIRST && !points) {
            return shortYearFirst(text);
        }
        Optional<LocalDate> date = yearLast.matches() ? yearLast(yearLast, points) : Optional.empty();
        return order == DateOrder.AUTO ? date.or(() -> shortYearFirst(text)) : date;
    }

    private static Optional<LocalDate> shortYearFirst(String text) {
        Matcher date = SHORT_YEAR_FIRST.matcher(text);
        return date.matches() ? date(date.group(1), number(date, 3), number(date, 4)) : Optional.empty();
    }

    private Optional<LocalDate> yearLast(Matcher yearLast, boolean points) {
        int first = number(yearLast, 1);
        int second = number(yearLast, 3);
        boolean monthFirst = !points && (order == DateOrder.MONTH_FIRST || (order == DateOrder.AUTO && second > 12));
        return monthFirst ? date(yearLast.group(4), first, second) : date(yearLast.group(4), second, first);
    }

    private static Optional<LocalDate> eastAsian(String text) {
        Matcher common = EAST_ASIAN.matcher(text);
        if (common.matches()) {
            return date(common.group(1), number(common, 2), number(common, 3));
        }
        Matcher era = JAPANESE_ERA.matcher(text);
        if (!era.matches()) {
            return Optional.empty();
        }
        int before = switch (era.group(1)) {
            case "\u4ee4\u548c" -> 2018;
            case "\u5e73\u6210" -> 1988;
            default -> 1925;
        };
        int year = era.group(2).equals("\u5143") ? 1 : number(era, 2);
        return date(String.valueOf(before + year), number(era, 3), number(era, 4));
    }

    private Optional<LocalDate> names(String text) {
        Matcher dayFirst = DAY_AND_NAME.matcher(text);
        if (dayFirst.matches()) {
            return date(dayFirst.group(3), MonthNames.number(dayFirst.group(2), locale), number(dayFirst, 1));
        }
        Matcher nameFirst = NAME_AND_DAY.matcher(text);
        if (nameFirst.matches()) {
            return date(nameFirst.group(3), MonthNames.number(nameFirst.group(1), locale), number(nameFirst, 2));
        }
        return Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Optional<LocalDate> date(String year, int month, int day) {
        int number = Integer.parseInt(year);
        int full = year.length() > 2 ? number : number < 80 ? 2000 + number : 1900 + number;
        try {
            return Optional.of(LocalDate.of(full, month, day));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
