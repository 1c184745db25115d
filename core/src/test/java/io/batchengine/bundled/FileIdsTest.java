package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileIdsTest {
    @Test
    void a_name_is_percent_encoded_by_its_bytes() {
        assertThat(FileIds.encode("AZaz09-._~".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("AZaz09-._~");
        assertThat(FileIds.encode("a b%\u00fc\n+".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("a%20b%25%C3%BC%0A%2B");
        assertThat(FileIds.encode(new byte[] {(byte) 0xff, 0x1b, '\\'})).isEqualTo("%FF%1B%5C");
    }

    @Test
    void every_name_has_one_id_and_comes_back_from_it() {
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            byte[] name = new byte[1 + random.nextInt(8)];
            for (int i = 0; i < name.length; i++) {
                byte b = (byte) (random.nextInt(255) + 1);
                name[i] = b == '/' || b == '.' ? (byte) 'x' : b;
            }
            List<byte[]> decoded = FileIds.decode(FileIds.PREFIX + "d/" + FileIds.encode(name));
            assertThat(decoded).hasSize(2);
            assertThat(Objects.requireNonNull(decoded).get(1)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "dfl-",
                "dfl-/",
                "dfl-/etc/passwd",
                "dfl-a//b",
                "dfl-a/",
                "dfl-.",
                "dfl-..",
                "dfl-../a",
                "dfl-a/../b",
                "dfl-a/./b",
                "dfl-%2E%2E/a",
                "dfl-%2e%2e",
                "dfl-a%2Fb",
                "dfl-a%00",
                "dfl-a\0",
                "dfl-%41",
                "dfl-%c3%bc",
                "dfl-\u00fc",
                "dfl-a b",
                "dfl-a%",
                "dfl-a%2",
                "dfl-a%ZZ",
                "dfl-%+1",
                "DFL-a",
                "dfl-a\\b",
                "dfl-a+sha256-00",
                "xdfl-a",
                "dfl-\uff41",
                "dfl-\u0161"
            })
    void what_no_listing_gives_is_no_id(String id) {
        assertThat(FileIds.decode(id)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"dfl-a.txt, a.txt", "dfl-a/b%20c, a/b c", "dfl-%C3%BC, \u00fc", "dfl-%F0%9F%98%80, \ud83d\ude00"})
    void a_path_is_shown_as_utf8(String id, String text) {
        assertThat(FileIds.text(id)).isEqualTo(text);
    }

    @Test
    void paths_that_are_no_utf8_are_shown_and_stay_apart() {
        assertThat(FileIds.text("dfl-%FFx")).isEqualTo("\udcffx");
        assertThat(FileIds.text("dfl-%C3%BC%FE")).isEqualTo("\u00fc\udcfe");
        assertThat(FileIds.text("dfl-%ED%B3%BF")).isEqualTo("\udced\udcb3\udcbf");
        assertThat(FileIds.text("dfl-%F0%9F%98")).isEqualTo("\udcf0\udc9f\udc98");
    }
}
