package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LabelRuleTest {
    private static final String NUMBER =
            "{'labels':['Invoice No','Rechnungsnummer','請求書番号','Date d’émission'],'pattern':'[A-Z]*[0-9-]+'}";
    private static final String TOTAL = "{'labels':['Total'],'type':'amount'}";

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("colon", "Invoice No: 4711"),
                Arguments.of("space", "Invoice No 4711"),
                Arguments.of("point and colon", "Invoice No.: 4711"),
                Arguments.of("number sign", "Invoice No # 4711"),
                Arguments.of("other case", "INVOICE NO: 4711"),
                Arguments.of("equals sign", "Invoice No = 4711"),
                Arguments.of("dots", "Invoice No ........ 4711"),
                Arguments.of("wide gap", "Invoice No        4711"),
                Arguments.of("colon and wide gap", "Invoice No:       4711"),
                Arguments.of("emphasis", "**Invoice No:** 4711"),
                Arguments.of("emphasis without a colon", "**Invoice No** *4711*"),
                Arguments.of("link", "Invoice No: [4711](https://a.example/4711)"),
                Arguments.of("bullet", "- Invoice No: 4711"),
                Arguments.of("bracketed", "【請求書番号】4711"),
                Arguments.of("full-width colon", "請求書番号：4711"),
                Arguments.of("no space", "請求書番号4711"),
                Arguments.of("full-width label", "Ｉｎｖｏｉｃｅ Ｎｏ: 4711"),
                Arguments.of("no-break space", "Invoice\u00a0No: 4711"),
                Arguments.of("another apostrophe", "Date d'émission: 4711"),
                Arguments.of("another language", "Rechnungsnummer: 4711"),
                Arguments.of("heading", "# Invoice No: 4711"),
                Arguments.of("next line", "Invoice No\n4711"),
                Arguments.of("next line after a colon", "Invoice No:\n\n4711"),
                Arguments.of("below a heading", "## Invoice No\n\n4711"),
                Arguments.of("next cell", "| Invoice No | 4711 |\n|---|---|\n| a | b |"),
                Arguments.of("next cell in a later row", "| a | b |\n|---|---|\n| Invoice No: | 4711 |"),
                Arguments.of("next cell but an empty one", "| a | b | c |\n|---|---|---|\n| Invoice No |  | 4711 |"),
                Arguments.of(
                        "cell below a header", "| Invoice No | Customer | Place |\n|---|---|---|\n| 4711 | 12 | 13 |"),
                Arguments.of("same cell", "| a | b |\n|---|---|\n| Invoice No: 4711 | c |"),
                Arguments.of("next line of the cell", "| a | b |\n|---|---|\n| Invoice No<br>4711 | c |"),
                Arguments.of("columns of text", "Invoice No     Place     Page\n4711           12        13"),
                Arguments.of("remark in parentheses", "Invoice No (please quote): 4711"),
                Arguments.of("text in between", "Hello\n\nInvoice number overleaf\n\nInvoice No: 4711\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void a_value_is_found_in_every_layout(String layout, String markdown) {
        assertThat(Extracted.value(markdown, NUMBER)).isEqualTo("4711");
    }

    static Stream<Arguments> amounts() {
        return Stream.of(
                Arguments.of("Net total: 100\nTotal: 119.00", "119.00"),
                Arguments.of("Subtotal 100\nTotal 119.00 EUR", "119.00"),
                Arguments.of("Total amounts are payable at once.\n\nTotal: 119.00", "119.00"),
                Arguments.of("Total (incl. VAT): 119.00", "119.00"),
                Arguments.of("Total (EUR)\n119.00", "119.00"),
                Arguments.of("| Total EUR | 119.00 |\n|---|---|\n| a | b |", "119.00"),
                Arguments.of("Total (12.50)", "-12.50"),
                Arguments.of("Total -5,00", "-5.00"),
                Arguments.of("| | | Total | 119.00 |\n|---|---|---|---|\n| a | b | c | d |", "119.00"),
                Arguments.of("Grand Total: 119.00", ""),
                Arguments.of("Totals: 119.00", ""),
                Arguments.of("Total:", ""),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void the_type_helps_to_tell_values_from_prose(String markdown, String amount) {
        assertThat(Extracted.value(markdown, TOTAL)).isEqualTo(amount);
    }

    @Test
    void a_value_ends_where_another_label_begins() {
        String rules =
                "{'number':{'labels':['Invoice No']},'date':{'labels':['Date'],'type':'date'},'to':{'labels':['To']}}";

        assertThat(Extracted.from("Invoice No: A 1 Date: 5 March 2026 To: ACME", rules)
                        .json())
                .hasToString("{\"number\":\"A 1\",\"date\":\"2026-03-05\",\"to\":\"ACME\"}");
        assertThat(Extracted.from("Invoice No A 1     Date 2026-03-05     To ACME", rules)
                        .json())
                .hasToString("{\"number\":\"A 1\",\"date\":\"2026-03-05\",\"to\":\"ACME\"}");
        assertThat(Extracted.from("| Invoice No | Date | To |\n|---|---|---|\n| A 1 | 2026-03-05 | ACME |", rules)
                        .json())
                .hasToString("{\"number\":\"A 1\",\"date\":\"2026-03-05\",\"to\":\"ACME\"}");
        assertThat(Extracted.from("Invoice No:\nDate: 2026-03-05", rules).json())
                .hasToString("{\"date\":\"2026-03-05\"}");
    }

    @Test
    void a_longer_label_of_another_rule_is_not_taken_for_a_shorter_one() {
        String rules = "{'total':{'labels':['Total'],'type':'amount'},'due':{'labels':['Total due'],'type':'amount'}}";

        assertThat(Extracted.from("Total due: 20\nTotal: 119", rules).json()).hasToString("{\"total\":119,\"due\":20}");
    }

    @Test
    void an_earlier_label_is_preferred() {
        String rule = "{'labels':['Amount payable','Amount'],'type':'amount'}";

        assertThat(Extracted.value("Amount: 1\nAmount payable: 2", rule)).isEqualTo("2");
    }

    @Test
    void a_section_confines_the_search_to_what_is_below_its_heading() {
        String markdown =
                "# Seller\nName: A\n## Contact\nPhone: 1\n# Buyer (you)\nName: B\n## Contact\nPhone: 2\n# Notes\nPhone: 3\n";

        assertThat(Extracted.value(markdown, "{'labels':['Name'],'section':['Käufer','Buyer']}"))
                .isEqualTo("B");
        assertThat(Extracted.value(markdown, "{'labels':['Phone'],'section':'buyer'}"))
                .isEqualTo("2");
        assertThat(Extracted.value(markdown, "{'pattern':'Phone: (.*)','section':'Notes'}"))
                .isEqualTo("3");
        assertThat(Extracted.value(markdown, "{'labels':['Phone'],'section':'Elsewhere'}"))
                .isEmpty();
    }

    @Test
    void text_that_is_not_of_the_type_is_a_problem_with_the_text_quoted() {
        Extracted extracted = Extracted.from(
                "Due: whenever \u202eyou like\nNo: ???\n",
                "{'due':{'labels':['Due'],'type':'date'},'no':{'labels':['No'],'pattern':'^[0-9]+$'},'gone':{'labels':['Gone']}}");

        assertThat(extracted.json().isEmpty()).isTrue();
        assertThat(extracted.problems())
                .hasSize(2)
                .containsEntry("due", "found \"whenever \\u202eyou like\", which is not a date")
                .containsEntry("no", "found \"???\", which does not match its pattern");
    }

    @Test
    void a_value_beyond_any_length_is_a_problem() {
        Extracted extracted =
                Extracted.from("| a | b |\n|---|---|\n| No | " + "x".repeat(10_001) + " |", "{'no':{'labels':['No']}}");

        assertThat(extracted.json().isEmpty()).isTrue();
        assertThat(extracted.problems().get("no")).startsWith("found \"xxx").endsWith("which is not a text");
    }
}
