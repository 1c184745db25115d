package io.batchengine;

import static io.batchengine.support.Load.OTHER_TYPE;
import static io.batchengine.support.Load.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.model.StatusReason.Code;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.Outcome;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a batch is THROTTLED, and why. */
class ThrottledTest {
    private static final Limits HELD = Limits.DEFAULT.withMaxInFlight(0);

    private final ManualMachine machine = new ManualMachine();
    private final RecordingListener events = new RecordingListener();
    private final Load load = new Load(machine, Kind.ASYNCHRONOUS);

    private BatchEngine engine(Limits limits) {
        return load.engine(2).limits(limits).listener(events).build();
    }

    private List<BatchEvent.StatusChanged> changes(String id) {
        List<BatchEvent.StatusChanged> changes = new ArrayList<>();
        for (BatchEvent event : events.events()) {
            if (event instanceof BatchEvent.StatusChanged changed
                    && event.batch().batchId().equals(id)) {
                changes.add(changed);
            }
        }
        return changes;
    }

    @Test
    void it_changes_its_status_at_most_once_a_second() {
        load.taking(Duration.ofMillis(10));
        BatchEngine engine = engine(HELD);
        String id = engine.batches().create("10000", TYPE, "cfg").id();
        for (int i = 0; i < 300; i++) {
            engine.setLimits(i % 2 == 0 ? HELD : Limits.DEFAULT.withMaxInFlight(1));
            machine.advance(Duration.ofMillis(i < 200 ? 50 : 1_300));
        }
        List<BatchEvent.StatusChanged> changes = changes(id);
        assertThat(changes).hasSizeGreaterThan(50);
        for (int i = 2; i < changes.size(); i++) {
            assertThat(changes.get(i).status()).isNotEqualTo(changes.get(i - 1).status());
            assertThat(Duration.between(changes.get(i - 1).at(), changes.get(i).at()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void another_reason_is_told_at_once_in_progress_and_stored() {
        BatchEngine engine = engine(HELD);
        String id = engine.batches().create("10", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(2));
        assertThat(code(engine, id)).isEqualTo(Code.ENGINE_IN_FLIGHT_LIMIT);
        engine.setLimits(Limits.DEFAULT.withJobType(TYPE, JobTypeLimits.NONE.withMaxInFlight(0)));
        machine.run();
        StatusReason reason = requireNonNull(engine.batches().progress(id).reason());
        assertThat(reason.code()).isEqualTo(Code.JOB_TYPE_IN_FLIGHT_LIMIT);
        assertThat(reason.since()).isEqualTo(Instant.parse("2026-01-01T00:00:02Z"));
        engine.setLimits(Limits.DEFAULT.withMaxInFlightPerBatch(0));
        machine.advance(Duration.ofMillis(900));
        assertThat(code(engine, id)).as("at most once a second").isEqualTo(Code.JOB_TYPE_IN_FLIGHT_LIMIT);
        machine.advance(Duration.ofMillis(100));
        assertThat(code(engine, id)).isEqualTo(Code.BATCH_IN_FLIGHT_LIMIT);
        assertThat(events.statuses(id))
                .containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.THROTTLED);

        engine.setLimits(Limits.DEFAULT);
        machine.advance(Duration.ofSeconds(1));
        assertThat(events.statuses(id))
                .containsExactly(
                        BatchStatus.PENDING,
                        BatchStatus.RUNNING,
                        BatchStatus.THROTTLED,
                        BatchStatus.RUNNING,
                        BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).reason()).isNull();
    }

    private Code code(BatchEngine engine, String id) {
        return requireNonNull(engine.batches().progress(id).reason()).code();
    }

    @Test
    void events_carry_the_reason() {
        BatchEngine engine = engine(HELD);
        String id = engine.batches().create("10", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(2));
        BatchEvent.StatusChanged last = changes(id).get(changes(id).size() - 1);
        assertThat(last.status()).isEqualTo(BatchStatus.THROTTLED);
        assertThat(last.reason())
                .isEqualTo(StatusReason.of(
                        Code.ENGINE_IN_FLIGHT_LIMIT,
                        "the engine may have 0 jobs in flight",
                        Instant.parse("2026-01-01T00:00:01Z")));
    }

    @Test
    void it_is_running_while_anything_is_in_flight() {
        load.taking(Duration.ofMinutes(1));
        BatchEngine engine = engine(Limits.DEFAULT.withMaxInFlight(1));
        String id = engine.batches().create("10", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(9));
        assertThat(events.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING);
    }

    @Test
    void it_is_running_while_it_waits_for_a_retry_or_has_nothing_to_start() {
        load.ending(job -> job.attempt() < 2 ? Outcome.failedRetryably("again") : Outcome.succeeded());
        BatchEngine engine = load.engine(2)
                .limits(Limits.DEFAULT.withMaxInFlight(1))
                .defaultOptions(BatchOptions.DEFAULT.withRetry(
                        RetryPolicy.of(2).withBackoff(Duration.ofMinutes(1), Duration.ofMinutes(1))))
                .listener(events)
                .build();
        String id = engine.batches().create("1", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(events.statuses(id))
                .containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.COMPLETED);
    }

    @Test
    void a_batch_that_waits_for_workers_of_others_says_so() {
        load.taking(Duration.ofMinutes(1));
        BatchEngine engine = engine(Limits.DEFAULT.withEachProject(ProjectLimits.NONE.withMaxInFlight(3)));
        String first = engine.batches().create("10", TYPE, "cfg").id();
        machine.run();
        String second = engine.batches().create("10", OTHER_TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(2));
        assertThat(events.statuses(first)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING);
        assertThat(engine.batches().get(second).status()).isEqualTo(BatchStatus.THROTTLED);
        assertThat(code(engine, second)).isEqualTo(Code.PROJECT_IN_FLIGHT_LIMIT);
        machine.advance(Duration.ofSeconds(58));
        assertThat(engine.batches().get(second).status()).isEqualTo(BatchStatus.RUNNING);
    }

    @Test
    void a_slow_rate_moves_between_the_two_and_a_quick_one_stays_running() {
        BatchEngine engine = engine(Limits.DEFAULT
                .withProject(
                        "prj-slow",
                        ProjectLimits.NONE.withRate(Rate.perSecond(0.2).withBurst(1)))
                .withProject(
                        "prj-quick",
                        ProjectLimits.NONE.withRate(Rate.perSecond(5).withBurst(1))));
        String slow = engine.batches("prj-slow").create("10", TYPE, "cfg").id();
        String quick = engine.batches("prj-quick").create("50", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(9));
        assertThat(events.statuses(quick)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING);
        assertThat(events.statuses(slow))
                .containsExactly(
                        BatchStatus.PENDING,
                        BatchStatus.RUNNING,
                        BatchStatus.THROTTLED,
                        BatchStatus.RUNNING,
                        BatchStatus.THROTTLED);
    }
}
