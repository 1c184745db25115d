package io.batchengine.documents.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.TestFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final DocumentLimits LIMITS =
            new DocumentLimits(3 << 20, 1_000_000, 10, Duration.ofMinutes(1), 1 << 20, 10);

    private final ReadingGuard guard = new ReadingGuard(LIMITS, () -> false);

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((i * 31) >> 3);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, 1 << 20, (1 << 20) + 1, 3 << 20})
    void small_and_large_files_are_read_alike_and_leave_nothing(int length) throws Exception {
        byte[] content = bytes(length);
        Path file;
        try (Spool spool = Spool.read(TestFiles.of("a", content), guard)) {
            assertThat(spool.size()).isEqualTo(length);
            assertThat(spool.open().readAllBytes()).isEqualTo(content);
            assertThat(spool.bytes()).isEqualTo(content);
            assertThat(spool.head(7))
                    .hasSize(Math.min(7, length))
                    .isEqualTo(Arrays.copyOf(content, Math.min(7, length)));
            assertThat(spool.tail(9)).hasSize(Math.min(9, length));
            file = spool.file();
            assertThat(file).hasBinaryContent(content);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_beyond_the_limit_is_refused() {
        assertThatThrownBy(() -> Spool.read(TestFiles.of("a", bytes((3 << 20) + 1)), guard))
                .isInstanceOf(ReadingGuard.Tripped.class);
        assertThat(guard.failure()).hasMessageContaining("larger than the limit of 3,145,728 bytes");
    }

    @Test
    void a_guard_that_was_tripped_ends_every_later_step() {
        guard.fail("first");
        guard.fail("second");

        assertThatThrownBy(guard::checkNow).isInstanceOf(ReadingGuard.Tripped.class);
        assertThat(guard.failure()).isInstanceOf(DocumentException.class).hasMessage("first");
    }

    @Test
    void expansion_is_judged_by_total_and_by_ratio() {
        guard.expanded(900_000, 900_000, 1);
        assertThat(guard.failure()).isNull();
        assertThatThrownBy(() -> guard.expanded(900_000, 900_000, 1))
                .hasMessageContaining("expands to more than the limit");

        ReadingGuard another = new ReadingGuard(DocumentLimits.DEFAULT, () -> false);
        another.expanded(9 << 20, 9 << 20, 1 << 20);
        assertThatThrownBy(() -> another.expanded(1, 9 << 20, 1 << 10)).hasMessageContaining("more than 200-fold");
    }
}
