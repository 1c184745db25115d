package io.batchengine.internal.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What flow control costs, and what it remembers. */
class FlowControlCostTest {
    private static final JobType TYPE = JobType.of("test_v1");

    private final FlowHost host = new FlowHost() {
        @Override
        public void later(Runnable decision, Duration delay) {
            timers++;
        }

        @Override
        public void dispatch() {}
    };
    private long now;
    private long asked;
    private long timers;

    private FlowControl<Integer> flow(Limits limits) {
        return new FlowControl<>(
                limits,
                () -> now,
                batch -> {
                    asked++;
                    return true;
                },
                host);
    }

    @Test
    void projects_that_come_and_go_leave_nothing_behind() {
        FlowControl<Integer> flow = flow(Limits.DEFAULT.withEachProject(
                ProjectLimits.NONE.withRate(Rate.perSecond(100).withBurst(5))));
        for (int i = 0; i < 100_000; i++) {
            QueuedBatch<Integer> queued = flow.join(i, "prj-" + i, TYPE, 1);
            flow.offer(queued);
            assertThat(flow.next()).isEqualTo(i);
            queued.arrived();
            assertThat(queued.tryStart(now)).isTrue();
            now += 1_000_000;
            flow.release(queued, 1_000_000, 1);
            flow.leave(queued);
            assertThat(flow.projects()).isLessThan(100);
        }
        now += Duration.ofMinutes(1).toNanos();
        for (int i = 0; i < 100; i++) {
            QueuedBatch<Integer> queued = flow.join(i, "prj-last", TYPE, 1);
            flow.leave(queued);
        }
        assertThat(flow.projects()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10000, 1", "1, 10000", "100, 100"})
    void only_who_is_next_is_asked_however_many_wait(int projects, int batches) {
        FlowControl<Integer> flow = flow(Limits.DEFAULT.withMaxInFlight(1));
        List<QueuedBatch<Integer>> places = new ArrayList<>();
        for (int p = 0; p < projects; p++) {
            for (int b = 0; b < batches; b++) {
                QueuedBatch<Integer> queued = flow.join(places.size(), "prj-" + p, TYPE, 1);
                places.add(queued);
                flow.offer(queued);
            }
        }
        asked = 0;
        for (int i = 0; i < 1_000; i++) {
            QueuedBatch<Integer> queued = places.get(requireNonNull(flow.next()));
            queued.arrived();
            flow.offer(queued);
            now += 1_000_000;
            flow.release(queued, 1_000_000, 1);
        }
        assertThat(asked).isEqualTo(1_000);
        assertThat(timers).isZero();
    }

    @Test
    void who_is_held_by_a_limit_is_not_asked_again_and_again() {
        FlowControl<Integer> flow = flow(Limits.DEFAULT.withEachProject(
                ProjectLimits.NONE.withRate(Rate.perSecond(1).withBurst(1))));
        List<QueuedBatch<Integer>> places = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            places.add(flow.join(i, "prj-" + i % 10, TYPE, 1));
            flow.offer(places.get(i));
        }
        for (Integer next = flow.next(); next != null; next = flow.next()) {
            places.get(next).arrived();
            assertThat(places.get(next).tryStart(now)).isTrue();
        }
        asked = 0;
        for (int i = 0; i < 1_000; i++) {
            assertThat(flow.next()).isNull();
        }
        assertThat(asked).isZero();
        assertThat(timers).as("one for each project").isEqualTo(10);
    }
}
