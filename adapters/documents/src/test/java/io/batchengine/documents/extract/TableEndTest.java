package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that stand apart from their table, as the layout of a PDF may have them, are told. */
class TableEndTest {
    private static final String RULES = """
            {'items':{'table':{'columns':{
               'item':{'headers':'Item'},
               'date':{'headers':'Date','type':'date'},
               'price':{'headers':'Price','type':'amount'}},
              'stop_at':['Total']}}}
            """;
    private static final String TABLE = """
            | Item | Date | Price |
            | --- | --- | --- |
            | Bolt | 2026-03-05 | 1,204.50 |

            """;

    private static Map<String, String> problems(String markdown) {
        return Extracted.from(markdown, RULES).problems();
    }

    private static void assertTold(String markdown, int rows, String row) {
        Extracted extracted = Extracted.from(markdown, RULES);

        assertThat(extracted.json().get("items").size()).isEqualTo(rows);
        assertThat(extracted.problems())
                .containsExactly(Map.entry(
                        "items[" + rows + "]",
                        "may be missing: \"" + row + "\" stands below the table and looks like a row of it"));
    }

    @Test
    void a_table_that_goes_on_without_a_header() {
        assertTold(
                TABLE + "| Pin | 2026-03-07 | 3.00 |\n| --- | --- | --- |\n| Nut | 2026-03-08 | 4.00 |\n",
                1,
                "Pin | 2026-03-07 | 3.00");
    }

    @Test
    void a_row_that_wraps_and_rows_below_it() {
        assertTold(
                TABLE + "Nut with a description that is long\n2026-03-06 2.00 enough to wrap within its cell\n\n"
                        + "Pin 2026-03-07 3.00\n\nTotal: 1,206.50 USD\n",
                1,
                "Pin 2026-03-07 3.00");
        assertTold(
                TABLE + "Nut with a description that is\n\n| long enough to wrap | 2026-03-06 | 2.00 |\n"
                        + "| --- | --- | --- |\n| Pin | 2026-03-07 | 3.00 |\n",
                1,
                "long enough to wrap | 2026-03-06 | 2.00");
    }

    @Test
    void rows_below_a_header_that_stands_alone() {
        assertTold("""
                **Item Date Price**

                Nut with a description that is long
                2026-03-06 2.00 enough

                | Pin | 2026-03-07 | 3.00 |
                | --- | --- | --- |
                | X | 2026-03-08 | 4.00 |
                """, 0, "Pin | 2026-03-07 | 3.00");
    }

    @Test
    void columns_of_plain_text() {
        assertTold("""
                Item      Date        Price
                Bolt      2026-03-05  4.00

                with a remark
                Pin       2026-03-07  3.00
                Nut       2026-03-08  3.00
                """, 1, "Pin  2026-03-07  3.00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Total: 1,206.50 USD\n",
                "Total 2026-03-07 3.00\n\nPin 2026-03-07 3.00\n",
                "Please pay 3.00 by 2026-03-07 at the latest\n",
                "# Payments\n\nPin 2026-03-07 3.00\n",
                "| Rate | Date | Tax |\n| --- | --- | --- |\n| 19 % | 2026-03-07 | 3.00 |\n",
                "| Total | 2026-03-07 | 3.00 |\n| --- | --- | --- |\n| 19 % | 2026-03-07 | 3.00 |\n",
                "| Pin | 2026-03-07 | 3.00 | EUR |\n| --- | --- | --- | --- |\n",
                "| Net | 7 | 3.00 |\n| --- | --- | --- |\n",
                "| Item | Date | Price |\n| --- | --- | --- |\n| Nut | 2026-03-05 | 2.00 |\n"
            })
    void what_is_no_row_of_the_table(String below) {
        assertThat(problems(TABLE + below)).isEmpty();
    }

    @Test
    void a_column_of_numbers_alone_is_no_mark_of_a_row() {
        String rules = "{'items':{'table':{'columns':{'a':{'headers':'A'},'b':{'headers':'B','type':'amount'}}}}}";
        String table = "| A | B |\n|---|---|\n| x | 1.00 |\n\n";

        assertThat(Extracted.from(table + "Sum 1.00\n", rules).problems()).isEmpty();
        assertThat(Extracted.from(table + "| Sum | 1.00 |\n|---|---|\n", rules).problems())
                .isEmpty();
    }
}
