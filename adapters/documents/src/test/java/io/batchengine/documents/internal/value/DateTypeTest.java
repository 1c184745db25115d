package io.batchengine.documents.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTypeTest {
    private static final DateType USUAL = new DateType(List.of(), null, DateOrder.DAY_FIRST);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2026-03-05",
                "2026/3/5",
                "2026.03.05.",
                "2026-03-05T10:11:12Z",
                "2026-03-05 10:11",
                "05.03.2026",
                "5.3.26",
                "05. 03. 2026",
                "05/03/2026",
                "5-3-2026",
                "5 March 2026",
                "5th March 2026",
                "5th of March 2026",
                "5-Mar-2026",
                "05MAR2026",
                "March 5, 2026",
                "Mar. 5th, 2026",
                "Thursday, March 5, 2026",
                "Thursday, 5 March 2026",
                "5. März 2026",
                "5. Mrz. 2026",
                "Donnerstag, den 5. März 2026",
                "5 mars 2026",
                "le 5 mars 2026",
                "5 de marzo de 2026",
                "5 marzo 2026",
                "5 de março de 2026",
                "5 maart 2026",
                "5 marca 2026",
                "5 березня 2026",
                "2026年3月5日",
                "２０２６年３月５日",
                "2026年3月5日(木)",
                "2026 年 3 月 5 日",
                "令和8年3月5日",
                "2026년 3월 5일"
            })
    void reads_the_usual_forms(String text) {
        assertThat(USUAL.read(text)).contains("2026-03-05");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1er mars 2026; 2026-03-01",
                "14 févr. 2026; 2026-02-14",
                "26 août 2026; 2026-08-26",
                "1. Jänner 2026; 2026-01-01",
                "Sept 9, 2026; 2026-09-09",
                "31 décembre 2025; 2025-12-31",
                "29.02.2024; 2024-02-29",
                "1.1.80; 1980-01-01",
                "1.1.79; 2079-01-01",
                "平成元年1月8日; 1989-01-08"
            })
    void reads_other_days(String text, String iso) {
        assertThat(USUAL.read(text)).contains(iso);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY_FIRST, 03/05/2026, 2026-05-03",
        "MONTH_FIRST, 03/05/2026, 2026-03-05",
        "AUTO, 03/25/2026, 2026-03-25",
        "AUTO, 25/03/2026, 2026-03-25",
        "AUTO, 03/05/2026, 2026-05-03",
        "MONTH_FIRST, 03.05.2026, 2026-05-03",
        "MONTH_FIRST, 03-05-2026, 2026-03-05",
        "YEAR_FIRST, 26/03/05, 2026-03-05",
        "YEAR_FIRST, 85-3-5, 1985-03-05",
        "YEAR_FIRST, 2026/03/05, 2026-03-05",
        "YEAR_FIRST, 05.03.26, 2026-03-05",
        "YEAR_FIRST, 5 March 2026, 2026-03-05",
        "AUTO, 26/3/5, 2026-03-05",
        "AUTO, 26/03/05, 2005-03-26"
    })
    void the_order_decides_only_where_both_could_be_the_month(DateOrder order, String text, String iso) {
        assertThat(new DateType(List.of(), null, order).read(text)).contains(iso);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-02-30",
                "31.02.2026",
                "2026-13-01",
                "13/13/2026",
                "March 2026",
                "5 Marchember 2026",
                "2026",
                "45/2026",
                "30 days net",
                "March 5, 2026 or later",
                "0.0.2026"
            })
    void what_is_no_date_is_not_read(String text) {
        assertThat(USUAL.read(text)).isEmpty();
    }

    @Test
    void given_formats_are_tried_first_in_their_language() {
        var formats = List.of(
                DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT),
                DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.FRENCH));
        var type = new DateType(formats, Locale.FRENCH, DateOrder.DAY_FIRST);

        assertThat(type.read("260305")).contains("2026-03-05");
        assertThat(type.read("jeudi 5 mars 2026")).contains("2026-03-05");
        assertThat(type.read("2026-03-05")).contains("2026-03-05");
    }

    @Test
    void the_language_of_the_rule_decides_an_ambiguous_name() {
        // In Czech and Croatian the same word stands for two months.
        assertThat(new DateType(List.of(), Locale.forLanguageTag("cs"), DateOrder.DAY_FIRST).read("1 listopad 2026"))
                .contains("2026-11-01");
        assertThat(new DateType(List.of(), Locale.forLanguageTag("hr"), DateOrder.DAY_FIRST).read("1 listopad 2026"))
                .contains("2026-10-01");
    }
}
