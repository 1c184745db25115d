package io.batchengine.internal.engine.base;

import static io.batchengine.support.Interleavings.check;
import static io.batchengine.support.Interleavings.together;

import io.batchengine.support.Interleavings;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Hunts a lost wake-up of the serial executor: a decision is submitted while the thread that runs decisions leaves, and nobody runs it. Also
 * two decisions at a time, one that runs twice, and an effect that is lost or runs inside.
 */
@EnabledOnJre(JRE.JAVA_17)
class SerialExecutorLincheckTest {
    @Test
    void each_decision_runs_once_in_one_context_in_its_threads_order() {
        Interleavings.hold(() -> {
            SerialExecutor serial = real();
            submitTogether(decision -> serial.submit(decision));
        });
    }

    @Test
    void a_context_that_leaves_when_its_queue_is_empty_loses_a_decision() {
        Interleavings.fail(() -> submitTogether(new LeavesWhenEmpty()), "not run");
    }

    @Test
    void a_context_that_is_entered_by_look_and_then_write_has_two_inside() {
        Interleavings.fail(() -> submitTogether(new LookThenEnter()), "at a time");
    }

    @Test
    void each_effect_runs_once_after_the_context_is_given_up_and_may_submit_a_decision() {
        Interleavings.hold(() -> {
            SerialExecutor serial = real();
            AtomicInteger run = new AtomicInteger();
            Runnable decision = () -> serial.afterwards(() -> {
                check(!isInside(serial), "an effect inside");
                serial.submit(() -> run.incrementAndGet());
            });
            together(() -> serial.submit(decision), () -> serial.submit(decision));
            check(run.get() == 2, "decisions of effects run: " + run.get());
        });
    }

    private static SerialExecutor real() {
        return new SerialExecutor(defect -> {
            throw new AssertionError(defect);
        });
    }

    private static boolean isInside(SerialExecutor serial) {
        try {
            serial.assertInside();
            return true;
        } catch (IllegalStateException outside) {
            return false;
        }
    }

    private static void submitTogether(Consumer<Runnable> context) {
        Run run = new Run();
        together(
                () -> {
                    context.accept(() -> run.decide(1));
                    context.accept(() -> run.decide(2));
                },
                () -> context.accept(() -> run.decide(3)));
        check(run.decisions >= 100, "a decision was not run: " + run.decisions);
        boolean inOrder = run.decisions == 123 || run.decisions == 132 || run.decisions == 312;
        check(inOrder, "not once each in its thread's order: " + run.decisions);
    }

    /** What was decided, as digits: plain, for it is confined to the context; and no collection, for each step in one would be tried too. */
    private static final class Run {
        private boolean inside;
        private int decisions;

        void decide(int decision) {
            check(!inside, "two at a time");
            inside = true;
            decisions = decisions * 10 + decision;
            inside = false;
        }
    }

    /** As much of a queue as the planted races need. */
    private static final class Slots {
        private final @Nullable Runnable[] slots = new Runnable[3];
        private final AtomicInteger added = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();

        void add(Runnable decision) {
            slots[added.getAndIncrement()] = decision;
        }

        @Nullable
        Runnable poll() {
            int next = taken.get();
            if (next == slots.length || slots[next] == null) {
                return null;
            }
            return slots[taken.getAndIncrement()];
        }
    }

    /** Looks whether there is more, then leaves: what is submitted in between waits for ever. */
    private static final class LeavesWhenEmpty implements Consumer<Runnable> {
        private final Slots queue = new Slots();
        private final AtomicBoolean running = new AtomicBoolean();

        @Override
        public void accept(Runnable decision) {
            queue.add(decision);
            if (running.compareAndSet(false, true)) {
                for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
                    next.run();
                }
                running.set(false);
            }
        }
    }

    /** Looks whether somebody is inside, then enters. */
    private static final class LookThenEnter implements Consumer<Runnable> {
        private final Slots queue = new Slots();
        private volatile boolean running;

        @Override
        public void accept(Runnable decision) {
            queue.add(decision);
            if (!running) {
                running = true;
                for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
                    next.run();
                }
                running = false;
            }
        }
    }
}
