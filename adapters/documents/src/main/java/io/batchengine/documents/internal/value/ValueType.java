package io.batchengine.documents.internal.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * What a text of this type may leave open.
     *
     * @return the notation, or null where each text has one meaning
     */
    default @Nullable Notation notation() {
        return null;
    }

    /**
     * Whether a text is of this type by its notation, and by no more. A text that is a number in both ways tells nothing of its notation,
     * also where it is a whole one in one way alone.
     *
     * @return the type that tells, which may be this one
     */
    default ValueType telling() {
        return this;
    }

    /**
     * How the configuration wants a text to be read that can be read in more ways than one.
     *
     * @return one of the ways of its notation, from 0, or -1 where it does not say
     */
    default int configuredWay() {
        return -1;
    }

    /**
     * The same type with one way of its notation.
     *
     * @param way one of the ways of its notation, from 0, or -1 for any
     * @return a type that reads texts in that way only, or this one where it has no notation
     */
    default ValueType in(int way) {
        return this;
    }
}
