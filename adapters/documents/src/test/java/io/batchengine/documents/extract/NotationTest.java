package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How numbers and dates are read that may be read in two ways: the column decides, then the document, then the configuration. */
class NotationTest {
    private static final String DOUBT = "nothing in the document tells, so set ";

    private static String rules(String type, String options) {
        return "{'c':{'table':{'columns':{'n':{'headers':'Name'},'v':{'headers':'Value','type':'" + type + "'" + options
                + "}}}}}";
    }

    private static String table(String... values) {
        StringBuilder table = new StringBuilder("| Name | Value |\n|---|---|\n");
        for (String value : values) {
            table.append("| x | ").append(value).append(" |\n");
        }
        return table.toString();
    }

    private static String values(Extracted extracted) {
        return extracted.json().get("c").toString().replace("\"n\":\"x\",", "").replace("\"n\":\"x\"", "");
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                Arguments.of("number", new String[] {"1.204", "139.5"}, "[{'v':1.204},{'v':139.5}]"),
                Arguments.of("number", new String[] {"139.5", "1.204"}, "[{'v':139.5},{'v':1.204}]"),
                Arguments.of("number", new String[] {"1.204", "139,5"}, "[{'v':1204},{'v':139.5}]"),
                Arguments.of("number", new String[] {"1,204", "139,5"}, "[{'v':1.204},{'v':139.5}]"),
                Arguments.of("number", new String[] {"1,204", "1,204,000"}, "[{'v':1204},{'v':1204000}]"),
                Arguments.of("number", new String[] {"1.204", "0.204"}, "[{'v':1.204},{'v':0.204}]"),
                Arguments.of("number", new String[] {"1,204", "0,204"}, "[{'v':1.204},{'v':0.204}]"),
                Arguments.of("number", new String[] {"-1.204", "1234.567"}, "[{'v':-1.204},{'v':1234.567}]"),
                Arguments.of("amount", new String[] {"1.204 €", "139.50 €"}, "[{'v':1.204},{'v':139.50}]"),
                Arguments.of("amount", new String[] {"EUR 1.204", "139,50"}, "[{'v':1204},{'v':139.50}]"),
                Arguments.of("amount", new String[] {"1,204", "¥2,500"}, "[{'v':1204},{'v':2500}]"),
                Arguments.of("integer", new String[] {"1.000", "1.204"}, "[{'v':1000},{'v':1204}]"),
                Arguments.of("integer", new String[] {"1.000", "3.00"}, "[{'v':1},{'v':3}]"),
                Arguments.of(
                        "date", new String[] {"03/05/2026", "25/05/2026"}, "[{'v':'2026-05-03'},{'v':'2026-05-25'}]"),
                Arguments.of(
                        "date", new String[] {"03/05/2026", "05/25/2026"}, "[{'v':'2026-03-05'},{'v':'2026-05-25'}]"),
                Arguments.of("date", new String[] {"3-5-26", "5-25-26"}, "[{'v':'2026-03-05'},{'v':'2026-05-25'}]"),
                Arguments.of("date", new String[] {"26/03/05", "85/03/05"}, "[{'v':'2026-03-05'},{'v':'1985-03-05'}]"),
                Arguments.of("date", new String[] {"26-03-05", "26-3-5"}, "[{'v':'2026-03-05'},{'v':'2026-03-05'}]"),
                Arguments.of(
                        "date", new String[] {"26/03/05", "13/02/2026"}, "[{'v':'2005-03-26'},{'v':'2026-02-13'}]"),
                Arguments.of(
                        "date", new String[] {"05/03/26", "25/05/2026"}, "[{'v':'2026-03-05'},{'v':'2026-05-25'}]"),
                Arguments.of("date", new String[] {"05/03/26", "05/25/26"}, "[{'v':'2026-05-03'},{'v':'2026-05-25'}]"),
                Arguments.of("date", new String[] {"05.03.26", "26.03.05"}, "[{'v':'2026-03-05'},{'v':'2005-03-26'}]"),
                Arguments.of(
                        "date", new String[] {"03.05.2026", "05/25/2026"}, "[{'v':'2026-05-03'},{'v':'2026-05-25'}]"));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void the_column_decides(String type, String[] values, String expected) {
        Extracted extracted = Extracted.from(table(values), rules(type, ""));

        assertThat(values(extracted)).isEqualTo(expected.replace('\'', '"'));
        assertThat(extracted.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "number; ,'decimal':','; 1.204; 139.5; [{'v':1.204},{'v':139.5}]",
                "date; ,'date_order':'month_first'; 03/05/2026; 25/05/2026; [{'v':'2026-05-03'},{'v':'2026-05-25'}]"
            })
    void the_column_decides_before_the_configuration(String type, String options, String a, String b, String expected) {
        assertThat(values(Extracted.from(table(a, b), rules(type, options)))).isEqualTo(expected.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "number; 1.204; Sum 1.012,50 in all; 1204",
                "number; 1.204; Sum 1,012.50 in all; 1.204",
                "number; 1.204; | 1.01 | a | 14.30 | 24.12 |; ",
                "number; 1.204; | 1.01 | a | 9.99 |; 1.204",
                "number; 1.204; | 101,50 | a |; 1204",
                "integer; 1.204; Sum 1.012,50 in all; 1204",
                "integer; 1.204; Sum 1,012.50 in all; ",
                "number; 1,204; We pay € 12.50; 1204",
                "number; 1,204; We pay 12,50 EUR; 1.204",
                "amount; 1.204; Version 1.25 of 3.12; ",
                "number; 1.204; Sum 1.012,50 or 1,012.50; ",
                "date; 03/05/2026; Printed on 13/02/2026; '2026-05-03'",
                "date; 03/05/2026; Printed on 02/13/2026; '2026-03-05'",
                "date; 26/03/05; Printed on 13/02/2026; '2005-03-26'",
                "date; 26/03/05; Printed on 02/13/2026; ",
                "date; 03/05/2026; Part 13/02; "
            })
    void else_the_document_decides(String type, String value, String text, String expected) {
        String rest = text.startsWith("|")
                ? text.replaceAll("[^|]+", "x") + "\n" + text.replaceAll("[^|]+", "---") + "\n"
                : "";
        Extracted extracted = Extracted.from(table(value) + "\n" + rest + text + "\n", rules(type, ""));

        assertThat(values(extracted))
                .isEqualTo((expected == null ? "[{}]" : "[{'v':" + expected + "}]").replace('\'', '"'));
        assertThat(extracted.problems().isEmpty()).isEqualTo(expected != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Value: .50; 0.50",
                "Value ....: .75; 0.75",
                "Value .... 75; 75",
                "Value = .125; 0.125",
                "Value: $.50; 0.50",
                "Value – 5.00 EUR; 5.00",
                "Value - 5.00; 5.00",
                "Value — 5.00; 5.00",
                "Value: -5.00; -5.00",
                "Value -5.00; -5.00",
                "Value: 5¹; ''",
                "Value: 1.5²; ''",
                "Value: ①; ''",
                "Value: ５.00; 5.00"
            })
    void marks_beside_a_number(String line, String expected) {
        assertThat(Extracted.value(line + "\n\nSum 1,012.50\n", "{'labels':'Value','type':'amount'}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"31/02/2026, ''", "30/04/2026, 2026-04-30", "31/04/2026, ''", "29/02/2027, ''", "29/02/2028, 2028-02-29"
    })
    void a_format_makes_no_day_that_is_not(String text, String expected) {
        assertThat(Extracted.value(
                        "Day: " + text + "\n", "{'labels':'Day','type':'date','formats':['dd/MM/yyyy','d/M/uuuu']}"))
                .isEqualTo(expected);
    }

    @Test
    void another_property_of_the_document_decides() {
        String markdown = "Weight: 1.204\n\nLength: 12.75\n\nDay: 03/05/2026\n\nDue: 05/25/2026\n";
        String rules = "{'w':{'labels':'Weight','type':'number'},'l':{'labels':'Length','type':'number'},"
                + "'day':{'labels':'Day','type':'date'},'due':{'labels':'Due','type':'date'}}";

        assertThat(Extracted.from(markdown, rules).json())
                .hasToString("{\"w\":1.204,\"l\":12.75,\"day\":\"2026-03-05\",\"due\":\"2026-05-25\"}");
    }

    @Test
    void a_repeated_label_is_a_column() {
        String markdown = "Weight: 1.204\n\nWeight: 139.5\n\nSum 1.012,50\n";

        assertThat(Extracted.value(markdown, "{'labels':'Weight','type':'number'}"))
                .isEqualTo("1.204");
        assertThat(Extracted.value("a 1.204 b, a 7,25 b", "{'pattern':'a ([0-9.,]+) b','type':'number'}"))
                .isEqualTo("1204");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "number; ,'decimal':'.'; 1.204; 1.204",
                "number; ,'decimal':','; 1.204; 1204",
                "amount; ,'decimal':'.'; 1,204; 1204",
                "list; ,'items':'number','decimal':'.','separators':[' ']; 1.204; [1.204]",
                "date; ,'date_order':'month_first'; 03/05/2026; '2026-03-05'",
                "date; ,'date_order':'day_first'; 03/05/2026; '2026-05-03'",
                "date; ,'locale':'en-US'; 03/05/2026; '2026-03-05'",
                "date; ,'date_order':'day_first'; 26/03/05; '2005-03-26'",
                "date; ,'date_order':'year_first'; 26/03/05; '2026-03-05'",
                "date; ,'date_order':'year_first'; 2026-03-05; '2026-03-05'",
                "date; ,'date_order':'year_first'; 5.3.2026; '2026-03-05'",
                "date; ,'locale':'ja-JP'; 26/03/05; '2026-03-05'",
                "date; ,'locale':'de'; 26/03/05; '2005-03-26'",
                "list; ,'items':'date','date_order':'year_first'; 26/03/05; ['2026-03-05']",
                "date; ,'formats':['yy/MM/dd']; 26/03/05; '2026-03-05'",
                "date; ,'locale':'en-GB'; 03/05/2026; '2026-05-03'",
                "date; ,'locale':'fr'; 03/05/2026; '2026-05-03'",
                "date; ,'formats':['MM/dd/yyyy']; 03/05/2026; '2026-03-05'"
            })
    void else_the_configuration_decides(String type, String options, String value, String expected) {
        Extracted extracted = Extracted.from(table(value), rules(type, options));

        assertThat(values(extracted)).isEqualTo(("[{'v':" + expected + "}]").replace('\'', '"'));
        assertThat(extracted.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "number; 1.204; 1.204 or 1204; decimal",
                "amount; 1,204 €; 1204 or 1.204; decimal",
                "integer; 1.000; 1 or 1000; decimal",
                "date; 03/05/2026; 2026-05-03 or 2026-03-05; date_order",
                "date; 26/03/05; 2005-03-26 or 2026-03-05; date_order",
                "date; Thu 26-03-05 10:11; 2005-03-26 or 2026-03-05; date_order",
                "date; 25/03/26; 2026-03-25 or 2025-03-26; date_order",
                "date; 05/03/26; 2026-03-05 or 2026-05-03 or 2005-03-26; date_order"
            })
    void what_nothing_decides_is_left_out_and_told(String type, String value, String meanings, String option) {
        Extracted extracted = Extracted.from(table(value, "7"), rules(type, ""));

        assertThat(extracted.json().get("c").get(0)).hasToString("{\"n\":\"x\"}");
        assertThat(extracted.problems())
                .containsEntry("c[0].v", "found \"" + value + "\", which may be " + meanings + ": " + DOUBT + option);
    }

    @Test
    void a_doubtful_label_is_left_out_though_a_later_text_could_be_read() {
        Extracted extracted = Extracted.from(
                "Total: 1.204\n\nSum: 7\n",
                "{'t':[{'labels':'Total','type':'amount'},{'labels':'Sum','type':'amount'}]}");

        assertThat(extracted.json()).hasToString("{}");
        assertThat(extracted.problems()).containsOnlyKeys("t");
    }

    @Test
    void a_column_that_is_written_in_both_ways_is_told_and_its_doubtful_values_left_out() {
        Extracted dates = Extracted.from(
                table("13/02/2026", "02/13/2026", "03/05/2026"), rules("date", ",'date_order':'day_first'"));

        assertThat(values(dates)).isEqualTo("[{\"v\":\"2026-02-13\"},{\"v\":\"2026-02-13\"},{}]");
        assertThat(dates.problems())
                .containsEntry(
                        "c[].v",
                        "has values with the day first, such as \"13/02/2026\", and with the month first, such as"
                                + " \"02/13/2026\"")
                .containsEntry(
                        "c[2].v",
                        "found \"03/05/2026\", which may be 2026-05-03 or 2026-03-05: its column is written in both"
                                + " ways");
        Extracted numbers = Extracted.from(table("12.50", "12,50", "1.204"), rules("number", ""));
        assertThat(values(numbers)).isEqualTo("[{\"v\":12.50},{\"v\":12.50},{}]");
        assertThat(numbers.problems()).containsOnlyKeys("c[].v", "c[2].v");
    }

    @Test
    void an_order_that_does_not_fit_a_date_decides_nothing() {
        for (String text : new String[] {"03/05/2026", "3/5/26"}) {
            Extracted extracted = Extracted.from(table(text), rules("date", ",'date_order':'year_first'"));

            assertThat(values(extracted)).isEqualTo("[{}]");
            assertThat(extracted.problems()).containsOnlyKeys("c[0].v");
        }
    }

    @Test
    void rows_of_doubtful_values_alone_stay() {
        Extracted extracted = Extracted.from(
                "| A | B |\n|---|---|\n| 1.204 | 1.305 |\n| 2.204 | 2.305 |\n",
                "{'c':{'table':{'columns':{'a':{'headers':'A','type':'number'},'b':{'headers':'B','type':'number'}}}}}");

        assertThat(extracted.json()).hasToString("{\"c\":[{},{}]}");
        assertThat(extracted.problems()).containsOnlyKeys("c[0].a", "c[0].b", "c[1].a", "c[1].b");
    }
}
