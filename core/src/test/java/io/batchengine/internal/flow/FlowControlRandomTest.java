package io.batchengine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations beside a model that counts what is held: no permit is lost or made, and nothing that may start is left standing. */
@SuppressWarnings("NullAway") // a batch of the model has a queued while it is joined
class FlowControlRandomTest {
    private static final int STEPS = 20_000;

    private record Alarm(long at, Runnable task) {}

    private static final class Batch {
        final String project;
        final JobType type;
        int files;
        int held;

        @Nullable
        QueuedBatch<Batch> queued;

        Batch(String project, JobType type, int files) {
            this.project = project;
            this.type = type;
            this.files = files;
        }
    }

    private record Slot(Batch batch, long since) {}

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::at));
    private final List<Batch> batches = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private long now = 1_000_000_000L;
    private Random random = new Random(0);
    private FlowControl<Batch> flow = flow(Limits.DEFAULT);

    private FlowControl<Batch> flow(Limits limits) {
        return new FlowControl<>(limits, () -> now, batch -> batch.files > 0, new FlowHost() {
            @Override
            public void later(Runnable decision, Duration delay) {
                alarms.add(new Alarm(now + delay.toNanos(), decision));
            }

            @Override
            public void dispatch() {
                // after each step
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void permits_are_conserved_and_nothing_that_may_start_is_left(long seed) {
        random = new Random(seed);
        flow = flow(limits());
        for (int step = 0; step < STEPS; step++) {
            step();
            dispatch();
            check();
        }
        batches.forEach(batch -> batch.files = 0);
        while (!slots.isEmpty()) {
            release(slots.size() - 1);
        }
        check();
        assertThat(flow.inFlight()).isZero();
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0 -> join();
            case 1 -> leave();
            case 2 -> {
                if (random.nextInt(20) == 0) {
                    flow.limits(limits());
                    flow.useLimits(batches.stream().map(batch -> batch.queued).toList());
                    batches.forEach(this::offer);
                }
            }
            case 3 -> pass(random.nextInt(1_000_000_000));
            case 4 -> refuse();
            case 5 -> {
                if (!batches.isEmpty()) {
                    Batch batch = any(batches);
                    batch.files += random.nextInt(5);
                    offer(batch);
                }
            }
            default -> {
                pass(random.nextInt(10_000_000));
                if (!slots.isEmpty()) {
                    release(random.nextInt(slots.size()));
                }
            }
        }
    }

    private void join() {
        if (batches.size() < 40) {
            Batch batch = new Batch(
                    "prj-" + random.nextInt(6), JobType.of("type_v" + (1 + random.nextInt(3))), random.nextInt(30));
            batch.queued = flow.join(batch, batch.project, batch.type, 1 << random.nextInt(9));
            batches.add(batch);
            offer(batch);
        }
    }

    private void leave() {
        if (batches.size() > 5) {
            Batch batch = any(batches);
            batches.remove(batch);
            batch.files = 0;
            flow.leave(batch.queued);
        }
    }

    private void refuse() {
        if (!slots.isEmpty()) {
            int index = random.nextInt(slots.size());
            Slot slot = slots.get(index);
            flow.refused(slot.batch.queued, Duration.ofMillis(random.nextInt(300)), slot.since, 0);
            release(index);
        }
    }

    private void release(int index) {
        Slot slot = slots.remove(index);
        slot.batch.held--;
        flow.accepted(slot.batch.queued, 1);
        flow.release(slot.batch.queued, now - slot.since, 1);
        offer(slot.batch);
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (!alarms.isEmpty() && alarms.peek().at <= end) {
            Alarm alarm = alarms.poll();
            now = Math.max(now, alarm.at);
            alarm.task.run();
        }
        now = end;
    }

    private void offer(Batch batch) {
        if (batch.files > 0 && batches.contains(batch)) {
            flow.offer(batch.queued);
        }
    }

    private void dispatch() {
        Batch next = flow.next();
        while (next != null) {
            next.queued.arrived();
            assertThat(next.queued.tryStart(now)).as("a token is there").isTrue();
            next.files--;
            next.held++;
            slots.add(new Slot(next, now));
            offer(next);
            next = flow.next();
        }
    }

    private void check() {
        Map<Object, Integer> held = new HashMap<>();
        for (Slot slot : slots) {
            held.merge(slot.batch.project, 1, Integer::sum);
            held.merge(slot.batch.type, 1, Integer::sum);
        }
        assertThat(flow.inFlight()).isEqualTo(slots.size());
        for (Batch batch : batches) {
            QueuedBatch<Batch> queued = batch.queued;
            assertThat(queued.permits.inUse()).isEqualTo(batch.held);
            assertThat(queued.queue.project.permits.inUse()).isEqualTo(held.getOrDefault(batch.project, 0));
            assertThat(queued.queue.typeQueue.permits.inUse()).isEqualTo(held.getOrDefault(batch.type, 0));
            if (batch.files > 0 && flow.holdOf(queued) == null) {
                throw new AssertionError(Text.format("%s of %s may start and stands", batch.type, batch.project));
            }
        }
    }

    private Limits limits() {
        Limits limits = Limits.DEFAULT
                .withMaxInFlight(random.nextInt(30))
                .withMaxInFlightPerBatch(random.nextInt(8))
                .withEachProject(project());
        for (int i = 0; i < 6; i++) {
            if (random.nextBoolean()) {
                limits = limits.withProject("prj-" + i, project());
            }
        }
        return limits.withEachJobType(JobTypeLimits.NONE
                .withMaxInFlight(random.nextInt(4) == 0 ? Limits.UNLIMITED : random.nextInt(20))
                .withRate(rate()));
    }

    private ProjectLimits project() {
        return ProjectLimits.NONE
                .withMaxInFlight(random.nextBoolean() ? Limits.UNLIMITED : random.nextInt(10))
                .withRate(rate())
                .withWeight(1 + random.nextInt(10));
    }

    private @Nullable Rate rate() {
        return switch (random.nextInt(4)) {
            case 0 -> Rate.perSecond(1 + random.nextInt(100)).withBurst(1 + random.nextInt(5));
            case 1 -> random.nextInt(5) == 0 ? Rate.perSecond(0).withBurst(1) : null;
            default -> null;
        };
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
