package io.batchengine.documents.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleTypesTest {
    @ParameterizedTest
    @CsvSource({
        "yes, true",
        "Ja, true",
        "ＯＵＩ, true",
        "はい, true",
        "☑, true",
        "x, true",
        "No, false",
        "nein, false",
        "☐, false"
    })
    void reads_yes_and_no(String text, boolean value) {
        assertThat(new BooleanType().read(text)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maybe", "yes and no"})
    void what_is_neither_is_not_read(String text) {
        assertThat(new BooleanType().read(text)).isEmpty();
    }

    @Test
    void a_text_has_single_spaces() {
        assertThat(new TextType().read("  ACME\u00a0 GmbH\n\t& Co ")).contains("ACME GmbH & Co");
        assertThat(new TextType().read(" \u3000\n")).isEmpty();
    }

    @Test
    void a_list_is_split_and_each_part_read() {
        var numbers = new ListType(new NumberType(Decimal.COMMA), List.of(";", "/"));

        assertThat(numbers.read("1,5; 2 /3;"))
                .contains(List.of(new BigDecimal("1.5"), new BigDecimal(2), new BigDecimal(3)));
        assertThat(numbers.read("1; two")).isEmpty();
        assertThat(numbers.read(" ; ")).isEmpty();
        assertThat(new ListType(new TextType(), ListType.SEPARATORS).read("red, green\nblue、white"))
                .contains(List.of("red", "green", "blue", "white"));
    }
}
