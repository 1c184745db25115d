package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableRuleTest {
    private static final String RULES = """
            {'total':{'labels':['Total','Amount'],'type':'amount'},
             'items':{'table':{'columns':{
               'what':{'headers':['Description','品名']},
               'count':{'headers':['Qty','Quantity','数量'],'type':'number'},
               'note':{'headers':'Note','optional':true},
               'amount':{'headers':['Amount','金額'],'type':'amount'}},
              'stop_at':['Total','Subtotal']}}}
            """;

    private static String extract(String markdown) {
        return Extracted.from(markdown, RULES).json().toString();
    }

    @Test
    void rows_become_objects_up_to_the_totals() {
        assertThat(extract("""
                        | Pos | Description | Qty | Amount (EUR) |
                        |---|:-:|--:|--:|
                        | 1 | **Jam** \\| sweet | 2 | 5,00 |
                        |  |  |  |  |
                        | 2 | Total Station | 1 | 7.50 € |
                        | Subtotal |  |  | 12,50 |
                        | Total |  |  | 14,88 |
                        """))
                .isEqualTo("{\"total\":14.88,\"items\":[{\"what\":\"Jam | sweet\",\"count\":2,\"amount\":5.00},"
                        + "{\"what\":\"Total Station\",\"count\":1,\"amount\":7.50}]}");
    }

    @Test
    void columns_are_found_by_their_headers_in_any_order_and_language() {
        assertThat(extract("| 金額 | 数量 | 品名 |\n|---|---|---|\n| ¥1,200 | 3 | 和紙 |\n"))
                .isEqualTo("{\"items\":[{\"what\":\"和紙\",\"count\":3,\"amount\":1200}]}");
    }

    @Test
    void the_header_may_be_any_row_of_a_sheet() {
        assertThat(extract("""
                        | Invoice |  |  |  |
                        |---|---|---|---|
                        | No | 7 |  |  |
                        |  |  |  |  |
                        | Description | Qty | Note | Amount |
                        | Jam | 2 | sweet | 5.00 |
                        |  |  |  |  |
                        |  |  | Total | 5.95 |
                        """))
                .isEqualTo(
                        "{\"total\":5.95,\"items\":[{\"what\":\"Jam\",\"count\":2,\"note\":\"sweet\",\"amount\":5.00}]}");
    }

    @Test
    void a_table_goes_on_below_the_same_header() {
        assertThat(extract("""
                        | Description | Qty | Amount |
                        |---|---|---|
                        | Jam | 2 | 5.00 |
                        | Description | Qty | Amount |
                        | Tea | 1 | 3.00 |

                        Page 2

                        | Description | Qty | Amount |
                        |---|---|---|
                        | Rum | 1 | 9.00 |

                        | Description | Qty | Note | Amount |
                        |---|---|---|---|
                        | another table | 1 | x | 9.00 |
                        """)).contains("Jam", "Tea", "Rum").doesNotContain("another");
    }

    @Test
    void columns_of_plain_text_are_a_table_too() {
        assertThat(extract("""
                        Description          Quantity   Amount
                        Willow arch, tall           3   567.00
                        Labour, hour               16   520.00

                        Total:  £1,087.00
                        """))
                .isEqualTo(
                        "{\"total\":1087.00,\"items\":[{\"what\":\"Willow arch, tall\",\"count\":3,\"amount\":567.00},"
                                + "{\"what\":\"Labour, hour\",\"count\":16,\"amount\":520.00}]}");
    }

    @Test
    void columns_with_single_spaces_between_are_told_apart_by_their_types() {
        assertThat(extract("""
                        Description Qty Amount
                        Syrup, 5 litres 8 11.20
                        Tea for 2 2 EUR 3.00
                        Paper, 9 1 234,50
                        Total 214.20
                        """))
                .isEqualTo("{\"total\":214.20,\"items\":[{\"what\":\"Syrup, 5 litres\",\"count\":8,\"amount\":11.20},"
                        + "{\"what\":\"Tea for 2\",\"count\":2,\"amount\":3.00},{\"what\":\"Paper, 9 1 234,50\"}]}");
    }

    @Test
    void a_header_may_stand_apart_from_its_rows() {
        assertThat(extract("""
                        | No | 7 |  |  |
                        |---|---|---|---|
                        | Description |  | Qty | Amount |

                        | Jam | 2 | 5.00 |
                        |---|---|---|
                        | Jam | 2 | 5.00 |
                        | Total |  | 10.00 |
                        """))
                .isEqualTo("{\"total\":10.00,\"items\":[{\"what\":\"Jam\",\"count\":2,\"amount\":5.00},"
                        + "{\"what\":\"Jam\",\"count\":2,\"amount\":5.00}]}");
    }

    @Test
    void a_table_without_all_columns_is_another_table() {
        assertThat(extract("| Description | Qty |\n|---|---|\n| Jam | 2 |\n")).isEqualTo("{}");
    }

    @Test
    void a_table_without_rows_is_an_empty_list() {
        assertThat(extract("| Description | Qty | Amount |\n|---|---|---|\n| Total |  | 0 |\n"))
                .isEqualTo("{\"total\":0,\"items\":[]}");
    }

    @Test
    void a_cell_that_is_not_of_the_type_is_a_problem_of_its_row() {
        Extracted extracted = Extracted.from(
                "| Description | Qty | Amount |\n|---|---|---|\n| Jam | 2 | 5.00 |\n| Tea | some | 3.00 |\n", RULES);

        assertThat(extracted.json().get("items").get(1)).hasToString("{\"what\":\"Tea\",\"amount\":3.00}");
        assertThat(extracted.problems()).containsEntry("items[1].count", "found \"some\", which is not a number");
    }

    @Test
    void a_section_tells_two_tables_apart() {
        String markdown = "# Old\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n# New\n\n| A | B |\n|---|---|\n| 3 | 4 |\n";

        assertThat(Extracted.value(
                        markdown, "{'table':{'columns':{'a':{'headers':'A'},'b':{'headers':'B'}}},'section':'New'}"))
                .isEqualTo("[{\"a\":\"3\",\"b\":\"4\"}]");
    }

    @Test
    void a_table_with_too_many_rows_is_refused() {
        String markdown = "| Description | Qty | Amount |\n|---|---|---|\n" + "| x | 1 | 1 |\n".repeat(10_001);

        assertThatThrownBy(() -> Extracted.from(markdown, RULES))
                .hasRootCauseMessage("the table for items has more than 10000 rows");
    }
}
