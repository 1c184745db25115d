package io.batchengine.documents.value;

import java.util.Optional;

/** What kind of value a text is to be read as. Implementations are immutable; any number of threads. */
public sealed interface ValueType
        permits TextType, IntegerType, NumberType, BooleanType, DateType, AmountType, CurrencyType, ListType {
    /** The longest text that is read as a value. */
    int MAX_LENGTH = 10_000;

    /**
     * Reads a text.
     *
     * @param text a text of one or more lines, of at most {@link #MAX_LENGTH} characters
     * @return a String, Boolean, BigDecimal, BigInteger or a List of them; empty where the text is no such value
     */
    Optional<Object> read(String text);

    /**
     * What a value of this type is called in a message.
     *
     * @return a noun with its article, such as {@code a date}
     */
    String noun();
}
