package io.batchengine.documents.value;

import java.util.Optional;

/**
 * An amount of money: a number, perhaps with a currency before or behind it, which is left out.
 *
 * @param decimal what stands before the decimals
 */
public record AmountType(Decimal decimal) implements ValueType {
    @Override
    public Optional<Object> read(String text) {
        return Optional.ofNullable(SignedNumber.read(text, decimal, CurrencyMarks::peel));
    }

    @Override
    public String noun() {
        return "an amount";
    }
}
