package io.batchengine.documents.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "1.234,56 €; 1234.56",
                "1,234.56; 1234.56",
                "1 234,56; 1234.56",
                "1\u202f234,56\u00a0€; 1234.56",
                "(12.50); -12.50",
                "-12.50; -12.50",
                "\u221212,50; -12.50",
                "12.50-; -12.50",
                "-€12.50; -12.50",
                "€ -12.50; -12.50",
                "($1,290.00); -1290.00",
                "1'234.50; 1234.50",
                "CHF 1\u2019234.50; 1234.50",
                "１，２３４．５０; 1234.50",
                "￥４５，６５０; 45650",
                "¥45,650; 45650",
                "12,000円; 12000",
                "▲3,500; -3500",
                "EUR 12; 12",
                "12 EUR; 12",
                "12EUR; 12",
                "US$ 0.99; 0.99",
                "1 250,00 zł; 1250.00",
                "CHF 120.-; 120",
                "120,-- €; 120",
                "1.234; 1234",
                "1,234; 1234",
                "12.34; 12.34",
                "0.500; 0.500",
                "1.2345; 1.2345",
                "1.234.567; 1234567",
                "1.234.567,8; 1234567.8",
                "12,34,567.00; 1234567.00",
                ".50; 0.50",
                "119.00; 119.00",
                "٣٥٫٥; 35.5"
            })
    void reads_amounts_exactly(String text, BigDecimal amount) {
        assertThat(new AmountType(Decimal.AUTO).read(text)).contains(amount);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POINT; 1.234; 1.234",
                "POINT; 1,234; 1234",
                "COMMA; 1.234; 1234",
                "COMMA; 1,234; 1.234",
                "COMMA; 0,5; 0.5"
            })
    void a_hint_decides_what_one_separator_is(Decimal decimal, String text, BigDecimal amount) {
        assertThat(new NumberType(decimal).read(text)).contains(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "EUR",
                "abc",
                "12 apples",
                "1,23,4",
                "1.2.3",
                "12.34.56",
                "1,234.56.78",
                "1'23",
                "--5",
                "(-5)",
                "5 5",
                "12 %",
                "1.234,567.89",
                "1e5",
                "0x10",
                "12.34 EUR net",
                "NaN"
            })
    void what_is_no_amount_is_not_read(String text) {
        assertThat(new AmountType(Decimal.AUTO).read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POINT, '1.234,56'", "COMMA, '1,234.56'", "COMMA, '1,2,3'", "POINT, '1,23'"})
    void a_number_against_its_hint_is_not_read(Decimal decimal, String text) {
        assertThat(new NumberType(decimal).read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"€5", "5 EUR"})
    void a_number_has_no_currency(String text) {
        assertThat(new NumberType(Decimal.AUTO).read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"42, 42", "3.00, 3", "'1,200', 1200", "-7, -7", "'12345678901234567890123', 12345678901234567890123"})
    void integers_may_have_zero_decimals(String text, BigInteger number) {
        assertThat(new IntegerType(Decimal.AUTO).read(text)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "three", ""})
    void what_is_no_integer_is_not_read(String text) {
        assertThat(new IntegerType(Decimal.AUTO).read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 201, 10_000})
    void a_row_of_digits_beyond_any_amount_is_not_read(int length) {
        assertThat(new AmountType(Decimal.AUTO).read("9".repeat(length))).isEmpty();
    }
}
