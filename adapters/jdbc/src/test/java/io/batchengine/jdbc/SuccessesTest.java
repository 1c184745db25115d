package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.spi.SettledFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a row of successes tells is held against its count and its block, whatever the checksum says. */
class SuccessesTest {
    private final List<SettledFile> files =
            LongStream.range(20, 30).mapToObj(TestBatches::succeeded).toList();
    private final List<SettledFile> told = new ArrayList<>();

    @Test
    void a_row_tells_its_files() {
        Successes.read(20, 10, ends(), told::add);

        assertThat(told).isEqualTo(files);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 9", // more than it counts
        "20, 11", // fewer
        "247, 10", // beyond its block of 256
        "256, -1",
    })
    void what_goes_beyond_its_count_or_block_is_refused_as_a_whole(long first, int count) {
        assertThatThrownBy(() -> Successes.read(first, count, ends(), told::add))
                .isInstanceOf(Octets.CutException.class);
        assertThat(told).isEmpty();
    }

    @Test
    void one_that_is_cut_is_refused_as_a_whole() {
        byte[] ends = ends();
        for (int length = 2; length < ends.length; length++) {
            byte[] cut = Arrays.copyOf(ends, length);
            assertThatThrownBy(() -> Successes.read(20, 10, cut, told::add)).isInstanceOf(Octets.CutException.class);
        }
        assertThat(told).isEmpty();
    }

    private byte[] ends() {
        List<Successes.SharedRow> rows = Successes.rows(files);
        assertThat(rows).hasSize(1);
        return rows.get(0).ends;
    }
}
