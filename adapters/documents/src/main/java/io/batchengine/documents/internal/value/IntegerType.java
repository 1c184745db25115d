package io.batchengine.documents.internal.value;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A whole number without a unit; {@code 3.00} is one.
 *
 * @param decimal what stands before the decimals
 */
public record IntegerType(Decimal decimal) implements ValueType {
    @Override
    public Optional<Object> read(String text) {
        BigDecimal number = SignedNumber.read(text, decimal, UnaryOperator.identity());
        return number == null || number.stripTrailingZeros().scale() > 0
                ? Optional.empty()
                : Optional.of(number.toBigIntegerExact());
    }

    @Override
    public String noun() {
        return "a whole number";
    }

    @Override
    public Notation notation() {
        return Notation.NUMBER;
    }

    @Override
    public ValueType telling() {
        return new NumberType(decimal);
    }

    @Override
    public int configuredWay() {
        return decimal.way();
    }

    @Override
    public ValueType in(int way) {
        return new IntegerType(Decimal.of(way));
    }
}
