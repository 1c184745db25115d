package io.batchengine.documents.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "EUR; EUR",
                "eur; EUR",
                "€; EUR",
                "1.234,56 €; EUR",
                "£1,291.00; GBP",
                "$; USD",
                "US$; USD",
                "US$ 5; USD",
                "CA$12.00; CAD",
                "HK$; HKD",
                "¥45,650; JPY",
                "￥45,650; JPY",
                "12,000円; JPY",
                "CHF 1'234.50; CHF",
                "Swiss francs (CHF); CHF",
                "ALL PRICES 12.00 EUR; EUR",
                "250 zł; PLN",
                "Euro; EUR",
                "₹ 500; INR",
                "12GBP; GBP"
            })
    void reads_codes_and_symbols(String text, String code) {
        assertThat(new CurrencyType(null).read(text)).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "en-AU; $5; AUD",
                "en-US; $5; USD",
                "de-DE; $5; USD",
                "zh-CN; ¥5; CNY",
                "sv-SE; 5 kr; SEK",
                "da-DK; kr; DKK"
            })
    void a_region_decides_what_a_shared_symbol_means(String locale, String text, String code) {
        assertThat(new CurrencyType(Locale.forLanguageTag(locale)).read(text)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ALL PRICES IN EUR", "12.00", "money", "5 kr", "XYZ", "Europe"})
    void what_is_no_one_currency_is_not_read(String text) {
        assertThat(new CurrencyType(null).read(text)).isEmpty();
    }
}
