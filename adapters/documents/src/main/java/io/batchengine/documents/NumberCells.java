package io.batchengine.documents;

import java.util.Collection;
import org.apiguardian.api.API;

/**
 * The texts of a document that it holds as numbers, such as a spreadsheet's cells. The document knows their value and only the reader
 * wrote them down: in such a text a point stands before the decimals, and commas part the thousands, whatever the document's other texts
 * do. So {@code 1.204} is one and a bit, and never a thousand.
 *
 * <p>Texts are equal that differ in white space alone. Immutable; any number of threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NumberCells {
    private static final int FIRST_SLOTS = 16;
    private static final int LONGEST_NUMBER = 64;

    /** None: in most documents all is text. */
    public static final NumberCells NONE = new Builder().build();

    private final long[] slots;
    private final long[] texts;

    private NumberCells(long[] slots, long[] texts) {
        this.slots = slots;
        this.texts = texts;
    }

    /**
     * The cells of a document.
     *
     * @param texts what its numbers look like
     * @return the cells
     */
    public static NumberCells of(Collection<String> texts) {
        Builder cells = new Builder();
        texts.forEach(cells::add);
        return cells.build();
    }

    /**
     * Whether a text stands in the document as a number.
     *
     * @param text any text
     * @return true for a text that was given and has a point or a comma; others leave nothing open
     */
    public boolean contains(String text) {
        return isTold(text) && slots[slot(slots, sum(text))] != 0;
    }

    /**
     * Whether a text stands in the document as a text too, so that nobody can tell which of both a piece of Markdown comes from.
     *
     * @param text any text
     * @return true for a text that was given as one
     */
    public boolean isAlsoText(String text) {
        return isTold(text) && texts[slot(texts, sum(text))] != 0;
    }

    /** Whether a text could be read in two ways, or tell how others are read. */
    private static boolean isTold(String text) {
        return text.indexOf('.') >= 0 || text.indexOf(',') >= 0;
    }

    /** Of 64 bits, so that two texts of one document do not share it: a sheet may have a million numbers, too many to keep as texts. */
    private static long sum(String text) {
        long sum = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                sum = (sum ^ c) * 0x100000001b3L;
            }
        }
        return sum == 0 ? 1 : sum;
    }

    /** Where a sum is, or would be. */
    private static int slot(long[] slots, long sum) {
        int slot = (int) ((sum ^ (sum >>> 32)) & (slots.length - 1));
        while (slots[slot] != 0 && slots[slot] != sum) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Gathers the cells while a document is read. For one thread. */
    public static final class Builder {
        private final Sums numbers = new Sums();
        private final Sums texts = new Sums();

        /** Nothing yet. */
        public Builder() {}

        /**
         * Adds a cell that holds a number.
         *
         * @param text what the number looks like
         */
        public void add(String text) {
            numbers.add(text);
        }

        /**
         * Adds a cell that holds a text.
         *
         * @param text the text, which may look like a number
         */
        public void addText(String text) {
            if (text.length() <= LONGEST_NUMBER) {
                texts.add(text);
            }
        }

        /**
         * The cells so far.
         *
         * @return the cells
         */
        public NumberCells build() {
            return new NumberCells(numbers.slots.clone(), texts.slots.clone());
        }
    }

    private static final class Sums {
        private long[] slots = new long[FIRST_SLOTS];
        private int size;

        void add(String text) {
            if (!isTold(text)) {
                return;
            }
            long sum = sum(text);
            int slot = slot(slots, sum);
            if (slots[slot] == 0) {
                slots[slot] = sum;
                size++;
                if (size * 2 > slots.length) {
                    grow();
                }
            }
        }

        private void grow() {
            long[] larger = new long[slots.length * 2];
            for (long sum : slots) {
                if (sum != 0) {
                    larger[slot(larger, sum)] = sum;
                }
            }
            slots = larger;
        }
    }
}
