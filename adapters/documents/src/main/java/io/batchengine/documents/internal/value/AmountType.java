package io.batchengine.documents.internal.value;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * An amount of money: a number, perhaps with a currency before or behind it, which is left out.
 *
 * @param decimal what stands before the decimals
 */
public record AmountType(Decimal decimal) implements ValueType {
    private static final CurrencyType CURRENCY = new CurrencyType(null);

    @Override
    public Optional<Object> read(String text) {
        BigDecimal number = SignedNumber.read(text, decimal, CurrencyMarks::peel);
        return number == null || isGroupOf(number, text) ? Optional.empty() : Optional.of(number);
    }

    /** Whether three decimals are none: beside a currency that has no cents, they are a group of digits. */
    private static boolean isGroupOf(BigDecimal number, String text) {
        return number.scale() == 3
                && number.abs().compareTo(BigDecimal.ONE) >= 0
                && number.precision() <= 6
                && CURRENCY.read(text)
                        .map(code -> Currency.getInstance(String.valueOf(code)).getDefaultFractionDigits() == 0)
                        .orElse(false);
    }

    @Override
    public String noun() {
        return "an amount";
    }

    @Override
    public Notation notation() {
        return Notation.NUMBER;
    }

    @Override
    public int configuredWay() {
        return decimal.way();
    }

    @Override
    public ValueType in(int way) {
        return new AmountType(Decimal.of(way));
    }
}
