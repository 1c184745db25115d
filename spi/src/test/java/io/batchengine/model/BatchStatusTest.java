package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BatchStatusTest {
    private static final Set<String> LEGAL = Set.of(
            "PENDING>THROTTLED",
            "PENDING>RUNNING",
            "PENDING>FAILED",
            "PENDING>CANCELLED",
            "THROTTLED>RUNNING",
            "THROTTLED>FAILED",
            "THROTTLED>CANCELLED",
            "RUNNING>THROTTLED",
            "RUNNING>COMPLETED",
            "RUNNING>FAILED",
            "RUNNING>CANCELLED");

    @ParameterizedTest
    @EnumSource
    void each_of_the_36_pairs_is_legal_or_refused_as_published(BatchStatus from) {
        for (BatchStatus to : BatchStatus.values()) {
            assertThat(from.canMoveTo(to)).as("%s > %s", from, to).isEqualTo(LEGAL.contains(from + ">" + to));
        }
    }

    @Test
    void a_terminal_status_has_no_way_out() {
        assertThat(BatchStatus.values())
                .filteredOn(BatchStatus::isTerminal)
                .containsExactly(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,batch.pending",
        "THROTTLED,batch.throttled",
        "RUNNING,batch.running",
        "COMPLETED,batch.success",
        "FAILED,batch.error",
        "CANCELLED,batch.cancelled"
    })
    void events_have_the_names_of_the_original(BatchStatus status, String event) {
        assertThat(status.eventType()).isEqualTo(event);
    }
}
