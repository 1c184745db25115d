package io.batchengine.documents.internal.reading;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.model.Text;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the reading of one document. Every reader calls it at each step; the first limit that is passed ends the reading with
 * {@link Tripped}. Libraries between may swallow that, so the guard remembers, and every later call ends the reading again.
 *
 * <p>Threading: one thread.
 */
public final class ReadingGuard {
    /** Below this much output no expansion is suspicious. */
    private static final long FREE_EXPANSION = 8L << 20;

    private static final int CHECK_EVERY = 64;
    private static final int BUFFERED_PER_OUTPUT = 4;
    /** What is kept for each of them takes 100 to 500 bytes. */
    private static final int MAX_ENTRIES = 300_000;

    private final DocumentLimits limits;
    private final BooleanSupplier stopRequested;
    private final long started = System.nanoTime();
    private final long maxNanos;
    private int untilCheck;
    private long outputCharacters;
    private long bufferedCharacters;
    private long expandedBytes;
    private int entries;
    private @Nullable DocumentException failure;

    /**
     * A guard that starts its clock now.
     *
     * @param limits what the document may cost
     * @param stopRequested whether reading is to end
     */
    public ReadingGuard(DocumentLimits limits, BooleanSupplier stopRequested) {
        this.limits = limits;
        this.stopRequested = stopRequested;
        this.maxNanos = saturatedNanos(limits);
    }

    /** Thrown through the libraries that read a document, to end the reading; the guard holds the reason. */
    public static final class Tripped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Tripped(DocumentException reason) {
            super(reason.getMessage(), reason, false, false);
        }
    }

    /** The limits that are watched. */
    public DocumentLimits limits() {
        return limits;
    }

    /** One step of reading; looks at the stop signal, the interrupt flag and the clock now and then. */
    public void check() {
        if (--untilCheck <= 0) {
            checkNow();
        }
    }

    /** As {@link #check}, at once: for steps that may take long. */
    public void checkNow() {
        untilCheck = CHECK_EVERY;
        if (failure != null) {
            throw new Tripped(failure);
        }
        if (stopRequested.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw trip(DocumentException.stopped());
        }
        if (System.nanoTime() - started >= maxNanos) {
            throw fail(Text.format("reading the document takes longer than the limit of %s", readable(maxNanos)));
        }
    }

    /** So many characters more were made from the document. */
    public void output(long characters) {
        outputCharacters += characters;
        if (outputCharacters > limits.maxOutputCharacters()) {
            throw tooLong();
        }
        check();
    }

    private Tripped tooLong() {
        return fail(Text.format(
                "the document's text is longer than the limit of %,d characters", limits.maxOutputCharacters()));
    }

    /**
     * So many characters are held now that are sure to become output, beside what has become it already. Whoever holds text until it is
     * complete tells so while it grows: a limit that counts only what is written comes too late.
     */
    public void gathered(long characters) {
        if (outputCharacters + characters > limits.maxOutputCharacters()) {
            throw tooLong();
        }
        check();
    }

    /** So many characters more were read or are held, to become output or not: white space, empty cells. */
    public void buffered(long characters) {
        bufferedCharacters += characters;
        if (bufferedCharacters / BUFFERED_PER_OUTPUT > limits.maxOutputCharacters()) {
            throw holdsTooMuch();
        }
        check();
    }

    /** So many characters are held now in one piece, to become output or not. */
    public void held(long characters) {
        if (characters > limits.maxOutputCharacters()) {
            throw holdsTooMuch();
        }
    }

    private Tripped holdsTooMuch() {
        return fail(Text.format(
                "the document holds far more than the limit of %,d characters; it may be a zip bomb",
                limits.maxOutputCharacters()));
    }

    /** One more thing is kept for as long as the document is read: a style, a link, a relationship, a font. */
    public void entry() {
        if (++entries > MAX_ENTRIES) {
            throw fail(Text.format("the document has more than %,d styles, links, fonts and the like", MAX_ENTRIES));
        }
        check();
    }

    /** An element at this depth was entered. */
    public void depth(int depth) {
        if (depth > limits.maxDepth()) {
            throw fail(Text.format("the document's elements are nested more than %d deep", limits.maxDepth()));
        }
    }

    /** So many bytes more came out of a compressed part, of which there are so many now from so many compressed ones. */
    public void expanded(long bytes, long partBytes, long compressedBytes) {
        expandedBytes += bytes;
        if (expandedBytes > limits.maxExpandedBytes()) {
            throw fail(Text.format(
                    "the document expands to more than the limit of %,d bytes; it may be a zip bomb",
                    limits.maxExpandedBytes()));
        }
        if (partBytes > FREE_EXPANSION && partBytes / Math.max(1, compressedBytes) >= limits.maxExpansionRatio()) {
            throw fail(Text.format(
                    "a part of the document expands more than %d-fold; it may be a zip bomb",
                    limits.maxExpansionRatio()));
        }
    }

    /**
     * Ends the reading: the document is at fault.
     *
     * @param message what is wrong with it, for people
     * @return to be thrown
     */
    public Tripped fail(String message) {
        return trip(DocumentException.unusable(message));
    }

    /**
     * Ends the reading.
     *
     * @param reason why
     * @return to be thrown
     */
    public Tripped trip(DocumentException reason) {
        if (failure == null) {
            failure = reason;
        }
        return new Tripped(failure);
    }

    /** Why the reading was ended, or null. */
    public @Nullable DocumentException failure() {
        return failure;
    }

    private static long saturatedNanos(DocumentLimits limits) {
        try {
            return limits.maxTime().toNanos();
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }

    private static String readable(long nanos) {
        return nanos < 1_000_000_000L ? nanos / 1_000_000 + " ms" : nanos / 1_000_000_000L + " s";
    }
}
