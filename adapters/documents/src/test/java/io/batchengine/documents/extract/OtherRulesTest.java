package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.ParsedDocument;
import io.batchengine.spi.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtherRulesTest {
    @Test
    void a_pattern_gives_its_first_group_that_took_part() {
        assertThat(Extracted.value("Order AB-1\nTicket: 77", "{'pattern':'^Ticket: ([0-9]+)|^Issue ([0-9]+)'}"))
                .isEqualTo("77");
        assertThat(Extracted.value("Issue 78", "{'pattern':'^Ticket: ([0-9]+)|^Issue ([0-9]+)'}"))
                .isEqualTo("78");
        assertThat(Extracted.value("code X-9", "{'pattern':'X-[0-9]'}")).isEqualTo("X-9");
        assertThat(Extracted.value("| a | 5 |\n|---|---|\n| b | 6 |", "{'pattern':'^b [|] (.*)$','type':'integer'}"))
                .isEqualTo("6");
    }

    @Test
    void the_first_match_of_the_type_is_taken() {
        assertThat(Extracted.value("on 2026-02-31, on 2026-03-05", "{'pattern':'on ([0-9-]+)','type':'date'}"))
                .isEqualTo("2026-03-05");
    }

    @Test
    void the_first_rule_that_gives_a_value_wins_and_forgets_earlier_problems() {
        Extracted extracted = Extracted.from(
                "Total: none\nSum 5\n",
                "{'v':[{'labels':['Total'],'type':'amount'},{'pattern':'^Sum (.*)','type':'amount'},{'constant':7}]}");

        assertThat(extracted.json()).hasToString("{\"v\":5}");
        assertThat(extracted.problems()).isEmpty();
    }

    @Test
    void metadata_file_names_and_constants_are_sources() {
        Extracted extracted = Extracted.from(
                "",
                Map.of("dc:creator", List.of(" ", "Ada L."), "pages", List.of("3")),
                "in/2026-03_ACME.pdf",
                """
                {'author':{'metadata':'dc:creator'}, 'initial':{'metadata':'dc:creator','pattern':'^[A-Z]'},
                 'pages':{'metadata':'pages','type':'integer'}, 'none':{'metadata':'no:such'},
                 'supplier':{'file_name':'_(.*)[.]pdf$'}, 'folder':{'file_name':'^in'},
                 'kind':{'constant':'invoice'}, 'version':{'constant':2}, 'rate':{'constant':1.50}, 'paid':{'constant':false}}
                """,
                () -> false);

        assertThat(extracted.json())
                .hasToString(
                        "{\"author\":\"Ada L.\",\"initial\":\"A\",\"pages\":3,\"supplier\":\"ACME\",\"kind\":\"invoice\","
                                + "\"version\":2,\"rate\":1.50,\"paid\":false}");
    }

    @Test
    void an_object_has_rules_of_its_own() {
        Extracted extracted = Extracted.from(
                "Seller: ACME\nVAT id: DE1\nFounded: long ago\n",
                "{'seller':{'properties':{'name':{'labels':['Seller']},'tax':{'properties':{'id':{'labels':['VAT id']}}},"
                        + "'founded':{'labels':['Founded'],'type':'date'}}},'buyer':{'properties':{'name':{'labels':['Buyer']}}}}");

        assertThat(extracted.json()).hasToString("{\"seller\":{\"name\":\"ACME\",\"tax\":{\"id\":\"DE1\"}}}");
        assertThat(extracted.problems()).containsOnlyKeys("seller.founded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{'labels':['V'],'type':'boolean'}; V: ja; true",
                "{'labels':['V'],'type':'integer'}; V: 1.200; 1200",
                "{'labels':['V'],'type':'number','decimal':'.'}; V: 1.200; 1.200",
                "{'labels':['V'],'type':'amount','decimal':','}; V: 1.200 EUR; 1200",
                "{'labels':['V'],'type':'currency'}; V: 12 CHF; CHF",
                "{'labels':['V'],'type':'currency','locale':'en-CA'}; V: $12; CAD",
                "{'labels':['V'],'type':'date','date_order':'month_first'}; V: 03/05/2026; 2026-03-05",
                "{'labels':['V'],'type':'date','formats':'yyMMdd'}; V: 260305; 2026-03-05",
                "{'labels':['V'],'type':'list'}; V: red, green; [\"red\",\"green\"]",
                "{'labels':['V'],'type':'list','items':'integer','separators':'/'}; V: 1/2; [1,2]"
            })
    void every_type_can_be_asked_for(String rule, String markdown, String value) {
        assertThat(Extracted.value(markdown, rule)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+$", "(.*a){25}x", "^(?:(?:a?)+)+c", "(a|b|ab)*c"})
    void a_hostile_pattern_ends_within_its_bound(String pattern) {
        assertThatThrownBy(() -> extract("a".repeat(200_000), "{'v':{'pattern':'" + pattern + "'}}", () -> false))
                .isInstanceOf(DocumentException.class)
                .hasMessage(
                        "the regular expression at rules.v.pattern needs too many steps on this document; make it simpler");
    }

    @Test
    void a_pattern_is_stopped_while_it_matches() {
        var asked = new AtomicInteger();

        assertThatThrownBy(() ->
                        extract("a".repeat(300), "{'v':{'pattern':'(.*a){25}x'}}", () -> asked.incrementAndGet() > 20))
                .isInstanceOfSatisfying(
                        DocumentException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.stopped()));
        assertThat(asked).hasValue(21);
    }

    @Test
    void a_stop_ends_the_search_for_labels() {
        assertThatThrownBy(() -> extract("a\n".repeat(10), "{'v':{'labels':['b']}}", () -> true))
                .isInstanceOfSatisfying(
                        DocumentException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.stopped()));
    }

    private static void extract(String markdown, String rules, BooleanSupplier stopRequested) throws Exception {
        var configuration = new ExtractConfiguration("{\"type\":\"object\"}", rules.replace('\'', '"'));
        Extractor.rules()
                .extract(new ExtractionRequest(
                        new ParsedDocument(markdown, Map.of()), "a.txt", configuration, stopRequested));
    }
}
