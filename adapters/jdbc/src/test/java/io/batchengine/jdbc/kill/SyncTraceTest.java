package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncTraceTest {
    private static final String WRITE = "11 pwrite64(9</x/b.db-wal>, \"\\0\"..., 4096, 32) = 4096";
    private static final String SYNC = "11 fdatasync(9</x/b.db-wal>) = 0";
    private static final String ANSWER = "12 write(1<pipe:[7]>, \"A commit\\n\", 9) = 9";

    @Test
    void an_answer_after_write_and_sync_is_right() {
        SyncTrace trace = SyncTrace.of(List.of(WRITE, WRITE, SYNC, ANSWER, WRITE, SYNC, ANSWER));

        assertThat(trace.violations()).isEmpty();
        assertThat(trace.answers()).isEqualTo(2);
        assertThat(trace.syncs()).isEqualTo(2);
    }

    @Test
    void an_answer_before_the_sync_is_found_out() {
        assertThat(SyncTrace.of(List.of(WRITE, ANSWER, SYNC)).violations()).hasSize(1);
    }

    @Test
    void an_answer_after_a_sync_that_another_write_followed_is_found_out() {
        assertThat(SyncTrace.of(List.of(WRITE, SYNC, WRITE, ANSWER)).violations())
                .hasSize(1);
    }

    @Test
    void an_answer_without_a_write_is_found_out() {
        assertThat(SyncTrace.of(List.of(WRITE, SYNC, ANSWER, ANSWER)).violations())
                .singleElement()
                .asString()
                .contains("without a write");
    }

    @Test
    void an_answer_while_the_sync_goes_on_is_found_out() {
        String begins = "11 fdatasync(9</x/b.db-wal> <unfinished ...>";
        String ends = "11 <... fdatasync resumed>) = 0";

        assertThat(SyncTrace.of(List.of(WRITE, begins, ANSWER, ends)).violations())
                .hasSize(1);
        assertThat(SyncTrace.of(List.of(WRITE, begins, ends, ANSWER)).violations())
                .isEmpty();
        assertThat(SyncTrace.of(List.of(WRITE, begins, WRITE, ends, ANSWER)).violations())
                .hasSize(1);
    }

    @Test
    void a_failed_sync_and_a_sync_of_another_file_do_not_count() {
        String failed = "11 fdatasync(9</x/b.db-wal>) = -1 EIO (Input/output error) (INJECTED)";
        String other = "11 fdatasync(8</x/b.db>) = 0";

        assertThat(SyncTrace.of(List.of(WRITE, failed, ANSWER)).violations()).hasSize(1);
        assertThat(SyncTrace.of(List.of(WRITE, other, ANSWER)).violations()).hasSize(1);
        assertThat(SyncTrace.of(List.of(WRITE, failed, WRITE, SYNC)).writesAfterFailure())
                .isEqualTo(1);
    }
}
