package io.batchengine.documents.extract;

import io.batchengine.documents.internal.value.AmountType;
import io.batchengine.documents.internal.value.BooleanType;
import io.batchengine.documents.internal.value.CurrencyType;
import io.batchengine.documents.internal.value.DateOrder;
import io.batchengine.documents.internal.value.DateType;
import io.batchengine.documents.internal.value.Decimal;
import io.batchengine.documents.internal.value.IntegerType;
import io.batchengine.documents.internal.value.ListType;
import io.batchengine.documents.internal.value.NumberType;
import io.batchengine.documents.internal.value.TextType;
import io.batchengine.documents.internal.value.ValueType;
import io.batchengine.model.Text;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the type of a rule or column, with the options that go with that type and no others. */
final class ValueTypeReader {
    /** The fields of a rule or column that this class reads. */
    static final Set<String> FIELDS =
            Set.of("type", "decimal", "formats", "locale", "date_order", "items", "separators");

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "string", Set.of(),
            "boolean", Set.of(),
            "integer", Set.of("decimal"),
            "number", Set.of("decimal"),
            "amount", Set.of("decimal"),
            "currency", Set.of("locale"),
            "date", Set.of("formats", "locale", "date_order"),
            "list", Set.of("items", "separators", "decimal", "formats", "locale", "date_order"));

    private ValueTypeReader() {}

    static ValueType read(ConfigurationObject rule) {
        String type = rule.has("type") ? rule.text("type") : "string";
        Set<String> options = OPTIONS.get(type);
        if (options == null) {
            throw unknown(rule, "type", type, OPTIONS.keySet());
        }
        for (String field : FIELDS) {
            if (rule.has(field) && !field.equals("type") && !options.contains(field)) {
                throw rule.fault(Text.format("the field %s does not go with the type %s", field, type));
            }
        }
        return type.equals("list") ? list(rule) : single(rule, type);
    }

    private static ValueType list(ConfigurationObject rule) {
        String items = rule.has("items") ? rule.text("items") : "string";
        if (!OPTIONS.containsKey(items) || items.equals("list")) {
            throw unknown(rule, "items", items, OPTIONS.keySet());
        }
        List<String> separators = rule.has("separators") ? rule.texts("separators") : ListType.SEPARATORS;
        return new ListType(single(rule, items), separators);
    }

    private static ValueType single(ConfigurationObject rule, String type) {
        return switch (type) {
            case "boolean" -> new BooleanType();
            case "integer" -> new IntegerType(decimal(rule));
            case "number" -> new NumberType(decimal(rule));
            case "amount" -> new AmountType(decimal(rule));
            case "currency" -> new CurrencyType(locale(rule));
            case "date" -> date(rule);
            default -> new TextType();
        };
    }

    private static Decimal decimal(ConfigurationObject rule) {
        if (!rule.has("decimal")) {
            return Decimal.AUTO;
        }
        return switch (rule.text("decimal")) {
            case "." -> Decimal.POINT;
            case "," -> Decimal.COMMA;
            default -> throw unknown(rule, "decimal", rule.text("decimal"), Set.of(".", ","));
        };
    }

    private static DateType date(ConfigurationObject rule) {
        Locale locale = locale(rule);
        List<String> patterns = rule.texts("formats");
        DateTimeFormatter[] formats = new DateTimeFormatter[patterns.size()];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = format(patterns.get(i), locale, rule.place("formats"));
        }
        return new DateType(List.of(formats), locale, order(rule, locale));
    }

    private static DateTimeFormatter format(String pattern, @Nullable Locale locale, String place) {
        try {
            // Strictly, or the 31st of February would be the 28th; a year without its era is one of ours then too.
            DateTimeFormatter format = new DateTimeFormatterBuilder()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(locale == null ? Locale.ENGLISH : locale)
                    .withResolverStyle(ResolverStyle.STRICT);
            LocalDate.parse(LocalDate.of(2026, 11, 23).format(format), format);
            return format;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ConfigurationObject.fault(
                    place,
                    Text.format("%s is not the format of a whole date, such as dd.MM.yyyy", Text.quote(pattern)));
        }
    }

    private static DateOrder order(ConfigurationObject rule, @Nullable Locale locale) {
        if (!rule.has("date_order")) {
            return order(locale);
        }
        return switch (rule.text("date_order")) {
            case "day_first" -> DateOrder.DAY_FIRST;
            case "month_first" -> DateOrder.MONTH_FIRST;
            case "year_first" -> DateOrder.YEAR_FIRST;
            default ->
                throw unknown(
                        rule, "date_order", rule.text("date_order"), Set.of("day_first", "month_first", "year_first"));
        };
    }

    /** The order of a language, unless its regions differ. */
    private static DateOrder order(@Nullable Locale locale) {
        if (locale == null
                || (locale.getCountry().isEmpty() && locale.getLanguage().equals("en"))) {
            return DateOrder.AUTO;
        }
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                FormatStyle.SHORT, null, IsoChronology.INSTANCE, locale);
        int day = pattern.indexOf('d');
        int month = pattern.indexOf('M');
        int year = Math.max(pattern.indexOf('y'), pattern.indexOf('u'));
        if (year < 0) {
            return DateOrder.AUTO;
        }
        if (year < Math.min(day, month)) {
            return month < day ? DateOrder.YEAR_FIRST : DateOrder.AUTO;
        }
        boolean yearLast = Math.max(day, month) < year;
        return !yearLast ? DateOrder.AUTO : day < month ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
    }

    private static @Nullable Locale locale(ConfigurationObject rule) {
        if (!rule.has("locale")) {
            return null;
        }
        String tag = rule.text("locale");
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw ConfigurationObject.fault(
                    rule.place("locale"),
                    Text.format("%s is not a language tag, such as de or en-US", Text.quote(tag)));
        }
    }

    private static IllegalArgumentException unknown(
            ConfigurationObject rule, String field, String value, Set<String> known) {
        return ConfigurationObject.fault(
                rule.place(field),
                Text.format(
                        "%s is not one of %s",
                        Text.quote(value),
                        String.join(" ", known.stream().sorted().toList())));
    }
}
