package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Wtf8Test {
    @Test
    void valid_text_is_utf8() {
        String text = "a\u00fc\u20ac\ud83d\ude00";
        assertThat(Wtf8.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(Wtf8.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void any_string_comes_back_also_with_unpaired_surrogates() {
        Random random = new Random(12);
        char[] alphabet = {'a', '\u00fc', '\u20ac', '\ud7ff', '\ud800', '\udbff', '\udc00', '\udfff', '\ue000'};
        for (int round = 0; round < 10_000; round++) {
            char[] text = new char[random.nextInt(6)];
            for (int i = 0; i < text.length; i++) {
                text[i] = alphabet[random.nextInt(alphabet.length)];
            }
            String string = new String(text);
            assertThat(Wtf8.decode(Wtf8.encode(string))).isEqualTo(string);
        }
    }

    @Test
    void what_no_string_encodes_to_is_refused() {
        assertThat(Wtf8.decode(bytes(0xff))).isNull();
        assertThat(Wtf8.decode(bytes('a', 0xc3))).isNull();
        assertThat(Wtf8.decode(bytes(0xc0, 0xaf))).isNull();
        // a pair written as two halves
        assertThat(Wtf8.decode(bytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80))).isNull();
        assertThat(Wtf8.decode(bytes(0xed, 0xa0, 0xbd))).isEqualTo("\ud83d");
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
