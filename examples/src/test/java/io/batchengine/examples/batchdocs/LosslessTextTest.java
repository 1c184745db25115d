package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessTextTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void any_bytes_come_back_from_text(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);

            assertThat(RawText.encode(RawText.decode(bytes)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void utf_8_is_decoded_as_such() {
        String text = "Gr\u00fc\u00dfe \ud83d\ude80 \u6587\u66f8";

        assertThat(RawText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void arguments_are_taken_from_the_end_of_the_command_line() {
        byte[] line = "java\0-jar\0x.jar\0parse\0d\u00fc\u00ff\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ProgramArguments.lossless(new String[] {"parse", "d??"}, line))
                .containsExactly("parse", "d\udcfc\udcff");
        assertThat(ProgramArguments.lossless(new String[] {}, line)).isEmpty();
        assertThat(ProgramArguments.lossless(new String[] {"other", "d??"}, line))
                .as("arguments that came another way")
                .containsExactly("other", "d??");
        assertThat(ProgramArguments.lossless(new String[] {"1", "2", "3", "4", "5", "6"}, line))
                .hasSize(6);
    }

    @Test
    void a_path_is_the_same_whatever_it_is_made_of() {
        assertThat(Paths.of("/tmp//a\u00fc/b/").toUri().getRawPath()).isEqualTo("/tmp/a%C3%BC/b");
        assertThat(Paths.of("/tmp/a\udcff%b").toUri().getRawPath()).isEqualTo("/tmp/a%FF%25b");
        assertThat(Paths.of("x/y")).isEqualTo(Path.of("x/y").toAbsolutePath());
        assertThat(Paths.of("\u00fc").getParent()).isEqualTo(Path.of("").toAbsolutePath());
        assertThat(Paths.text(Paths.of("/no-such/a\u00fc%\nb\udcff"))).isEqualTo("/no-such/a\u00fc%\\u000ab\\udcff");
    }

    @Test
    void columns_count_what_a_terminal_shows() {
        assertThat(ReportColumns.width("abc")).isEqualTo(3);
        assertThat(ReportColumns.width("\u6587\u66f8")).isEqualTo(4);
        assertThat(ReportColumns.width("u\u0308")).isEqualTo(1);
        assertThat(ReportColumns.pad("\u6587", 4)).isEqualTo("\u6587  ");
        assertThat(ReportColumns.pad("longer", 4)).isEqualTo("longer");
    }
}
