package io.batchengine.documents.internal.value;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A decimal number without a unit.
 *
 * @param decimal what stands before the decimals
 */
public record NumberType(Decimal decimal) implements ValueType {
    @Override
    public Optional<Object> read(String text) {
        BigDecimal number = SignedNumber.read(text, decimal, UnaryOperator.identity());
        return Optional.ofNullable(number);
    }

    @Override
    public String noun() {
        return "a number";
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
        return new NumberType(Decimal.of(way));
    }
}
