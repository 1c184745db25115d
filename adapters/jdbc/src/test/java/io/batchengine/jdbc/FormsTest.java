package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchOptions;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which values stand in the tables: what is written once must be read by every later version. */
class FormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\u0000",
                "\u001a0000",
                "\ud83d",
                "\ude00\ud83d",
                "\ud83d\ude00",
                "a\u0000\u001a\udc00z"
            })
    void any_text_is_kept_in_what_every_database_takes(String text) {
        String stored = StoredText.encode(text);
        assertThat(StoredText.decode(stored)).isEqualTo(text);
        assertThat(stored).doesNotContain("\u0000");
        assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(stored);
    }

    @Test
    void the_escape_is_as_published() {
        assertThat(StoredText.encode("a\u0000b\u001a")).isEqualTo("a\u001a0000b\u001a001a");
        assertThatThrownBy(() -> StoredText.decode("a\u001a00")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_page_is_front_coded_as_published() {
        byte[] page = PageIds.encode(List.of("ab", "abc", "b"));
        assertThat(page).containsExactly(1, 0, 2, 'a', 'b', 2, 1, 'c', 0, 1, 'b');
        assertThat(PageIds.decode(page, 1, 2)).containsExactly("abc");
        assertThat(PageIds.decode(page, 0, 3)).containsExactly("ab", "abc", "b");
        assertThatThrownBy(() -> PageIds.decode(page, 0, 4)).isInstanceOf(Octets.CutException.class);
        page[0] = 2;
        assertThatThrownBy(() -> PageIds.decode(page, 0, 1)).hasMessageContaining("does not know");
    }

    @Test
    void successes_stand_in_runs_as_published() {
        Instant later = Instant.EPOCH.plusMillis(1);
        List<SettledFile> files = List.of(
                succeeded(254, Instant.EPOCH, 7),
                succeeded(255, Instant.EPOCH, 7),
                succeeded(256, Instant.EPOCH, 7),
                succeeded(258, Instant.EPOCH, 7),
                succeeded(259, Instant.EPOCH, 200),
                succeeded(260, later, 0),
                succeeded(261, Instant.EPOCH.minusNanos(1_000), 0));
        List<Successes.SharedRow> rows = Successes.rows(files);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).first).isEqualTo(254);
        assertThat(rows.get(0).count).isEqualTo(2);
        assertThat(rows.get(0).ends).containsExactly(1, 0, 1, 0, 7);
        assertThat(rows.get(1).first).isEqualTo(256);
        assertThat(rows.get(1).count).isEqualTo(5);
        assertThat(rows.get(1).ends)
                .containsExactly(1, 0, 0, 0, 7, 1, 0, 0, 7, 0, 0, 0, 0xc8, 1, 0, 0, 0xd0, 0x0f, 0, 0, 0, 0xd1, 0x0f, 0);
        List<SettledFile> read = new ArrayList<>();
        rows.forEach(row -> Successes.read(row.first, row.count, row.ends, read::add));
        assertThat(read).isEqualTo(files);
        assertThatThrownBy(() -> Successes.read(0, 1, new byte[] {2}, read::add))
                .hasMessageContaining("does not know");
    }

    @Test
    void whole_numbers_of_any_size_are_kept() {
        long[] numbers = {0, 1, -1, 127, 128, -64, -65, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
        Octets octets = new Octets();
        for (long number : numbers) {
            octets.putNumber(number);
            octets.putSigned(number);
        }
        Octets.Reader in = new Octets.Reader(octets.take());
        for (long number : numbers) {
            assertThat(in.number()).isEqualTo(number);
            assertThat(in.signed()).isEqualTo(number);
        }
        assertThat(in.hasMore()).isFalse();
    }

    private static SettledFile succeeded(long ordinal, Instant ended, int millis) {
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(FileOutcome.SUCCEEDED)
                .attempts(1)
                .finishedAt(ended)
                .durationMillis(millis)
                .build();
    }

    @Test
    void options_are_text_that_refuses_what_it_does_not_know() {
        String text = OptionsText.write(BatchOptions.DEFAULT.withPriority(9));
        assertThat(text)
                .isEqualTo("max-attempts=1;initial-backoff=PT0S;max-backoff=PT0S;retry-on=CREATION,EXECUTION,TIMEOUT;"
                        + "max-files=4294967295;max-failed=4294967295;max-failed-percent=100.0");
        assertThat(OptionsText.read(text, 9)).isEqualTo(BatchOptions.DEFAULT.withPriority(9));
        assertThatThrownBy(() -> OptionsText.read(text + ";colour=red", 5)).hasMessageContaining("colour");
        assertThatThrownBy(() -> OptionsText.read(text.replace("CREATION", "RAIN"), 5))
                .hasMessageContaining("RAIN");
        assertThatThrownBy(() -> OptionsText.read("max-attempts=1", 5)).hasMessageContaining("initial-backoff");
    }

    @Test
    void times_are_whole_microseconds_and_bounded() {
        Instant before = Instant.EPOCH.minusNanos(1);
        assertThat(Micros.of(before)).isEqualTo(-1);
        assertThat(Micros.from(before)).isZero();
        assertThat(Micros.at(Micros.of(before))).isEqualTo(Instant.EPOCH.minusNanos(1_000));
        assertThat(Micros.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Micros.from(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Micros.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    }
}
