package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final class Broken extends RuntimeException {
        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }
}
