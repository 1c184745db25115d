package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void ordinary_text_in_any_script_stays_as_it_is() {
        String text = "Größe 合計 \ud83d\ude00 نص";
        assertThat(Text.printable(text)).isEqualTo(text);
    }

    @Test
    void control_bidi_and_unpaired_characters_are_escaped() {
        assertThat(Text.printable("a\nb\u001b[0m\u202etxt\u2028\ud800"))
                .isEqualTo("a\\u000ab\\u001b[0m\\u202etxt\\u2028\\ud800");
    }

    @Test
    void long_text_is_cut() {
        assertThat(Text.printable("x".repeat(100_000_000))).hasSize(2_001).endsWith("\u2026");
    }

    @Test
    void an_exception_whose_message_throws_is_described_by_its_type() {
        assertThat(Text.describe(new Broken())).isEqualTo("Broken");
        assertThat(Text.describe(new IllegalStateException("no\tway")))
                .isEqualTo("IllegalStateException: no\\u0009way");
    }

    @Test
    void the_root_cause_of_an_exception_is_named_too() {
        Exception root = new IOException("disk\tis gone");
        Exception middle = new IllegalStateException("no bytes", root);
        assertThat(Text.describe(new IllegalArgumentException("could not parse", middle)))
                .isEqualTo("IllegalArgumentException: could not parse; root cause: IOException: disk\\u0009is gone");
        assertThat(Text.describe(new IllegalArgumentException("could not parse", new EOFException())))
                .isEqualTo("IllegalArgumentException: could not parse; root cause: EOFException");
        assertThat(Text.describe(new IllegalArgumentException(null, root)))
                .isEqualTo("IllegalArgumentException; root cause: IOException: disk\\u0009is gone");
    }

    @Test
    void a_root_cause_that_the_message_repeats_is_not_named_twice() {
        Exception root = new IOException("disk is gone");
        assertThat(Text.describe(new UncheckedIOException((IOException) root)))
                .isEqualTo("UncheckedIOException: java.io.IOException: disk is gone");
        assertThat(Text.describe(new IllegalStateException("can't read a.pdf: disk is gone", root)))
                .isEqualTo("IllegalStateException: can't read a.pdf: disk is gone");
        assertThat(Text.describe(new IllegalStateException(new EOFException())))
                .isEqualTo("IllegalStateException: java.io.EOFException");
        assertThat(Text.describe(new IllegalStateException("code 10", new IOException("0"))))
                .endsWith("; root cause: IOException: 0");
    }

    @Test
    void exceptions_that_only_carry_another_one_are_looked_through() {
        Exception root = new IOException("disk is gone");
        assertThat(Text.describe(new CompletionException(new ExecutionException(new InvocationTargetException(root)))))
                .isEqualTo("IOException: disk is gone");
        assertThat(Text.describe(new ExecutionException("while fetching", root)))
                .isEqualTo("ExecutionException: while fetching; root cause: IOException: disk is gone");
        assertThat(Text.describe(new CompletionException("nothing in it", null)))
                .isEqualTo("CompletionException: nothing in it");
    }

    @Test
    void causes_in_a_circle_and_without_end_are_described() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);
        assertThat(Text.describe(second))
                .isEqualTo("IllegalStateException: second; root cause: IllegalStateException: first");
        assertThat(Text.describe(new Endless(0))).startsWith("Endless: 0; root cause: Endless: ");
        assertThat(Text.describe(new IllegalStateException("outer", new Broken())))
                .isEqualTo("IllegalStateException: outer; root cause: Broken");
    }

    @Test
    void a_long_message_leaves_room_for_the_root_cause() {
        String text = Text.describe(new IllegalStateException("\7".repeat(5_000), new IOException("\b".repeat(9_000))));
        assertThat(text)
                .contains("\u2026; root cause: IOException: \\u0008")
                .hasSizeLessThan(Text.MAX_MESSAGE_LENGTH + 100);
        String pairs = Text.describe(new IllegalStateException("\7" + "\ud83d\ude00".repeat(5_000)));
        assertThat(Text.printable(pairs, 9_000)).isEqualTo(pairs);
    }

    private static final class Endless extends RuntimeException {
        private final int depth;

        Endless(int depth) {
            super(Integer.toString(depth));
            this.depth = depth;
        }

        @Override
        public synchronized Throwable getCause() {
            return new Endless(depth + 1);
        }
    }

    private static final class Broken extends RuntimeException {
        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new StackOverflowError();
        }
    }
}
