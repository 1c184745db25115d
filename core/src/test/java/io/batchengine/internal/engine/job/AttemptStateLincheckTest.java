package io.batchengine.internal.engine.job;

import static io.batchengine.support.Interleavings.check;
import static io.batchengine.support.Interleavings.together;

import io.batchengine.support.Interleavings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Hunts four races of an attempt that ends while it is asked to stop: its late outcome counts beside the one for which it was given up (a file
 * settled twice), or neither does (never settled); the interrupt hits the thread's next job; a stop action is lost or runs twice; an asynchronous
 * job completes twice.
 */
@EnabledOnJre(JRE.JAVA_17)
class AttemptStateLincheckTest {
    @Test
    void an_attempt_either_ends_or_is_abandoned() {
        Interleavings.hold(() -> endWhileStopping(new Real(new Worker())));
    }

    @Test
    void an_end_that_looks_and_then_writes_counts_beside_the_abandonment() {
        Interleavings.fail(() -> endWhileStopping(new LooksThenWrites(new Worker())), "settled");
    }

    @Test
    void an_interrupt_hits_no_thread_that_went_on_after_the_end() {
        Interleavings.hold(() -> {
            Worker worker = new Worker();
            goOnWhileStopping(worker, new Real(worker), false);
        });
    }

    @Test
    void an_interrupt_hits_no_thread_that_went_on_while_its_job_completes_by_itself() {
        Interleavings.hold(() -> {
            Worker worker = new Worker();
            goOnWhileStopping(worker, new Real(worker), true);
        });
    }

    @Test
    void an_interrupt_outside_of_the_lock_hits_the_next_job() {
        Runnable program = () -> {
            Worker worker = new Worker();
            goOnWhileStopping(worker, new LooksThenWrites(worker), false);
        };
        Interleavings.fail(program, "next job");
    }

    @Test
    void a_stop_action_runs_once() {
        Interleavings.hold(() -> listenWhileStopping(new Real(new Worker())));
    }

    @Test
    void a_stop_action_that_is_added_after_a_look_is_lost() {
        Interleavings.fail(() -> listenWhileStopping(new LooksThenWrites(new Worker())), "stop action");
    }

    @Test
    void one_completion_is_the_first() {
        Interleavings.hold(() -> completeTwice(new Real(new Worker())));
    }

    @Test
    void a_completion_that_looks_and_then_writes_is_the_first_twice() {
        Interleavings.fail(() -> completeTwice(new LooksThenWrites(new Worker())), "first completions");
    }

    private static void endWhileStopping(State state) {
        AtomicInteger settled = new AtomicInteger();
        together(
                () -> {
                    if (state.end()) {
                        settled.incrementAndGet();
                    }
                },
                () -> {
                    state.requestStop();
                    if (state.abandon()) {
                        settled.incrementAndGet();
                    }
                });
        check(settled.get() == 1, "settled " + settled.get() + " times");
    }

    private static void goOnWhileStopping(Worker worker, State state, boolean asynchronous) {
        together(
                () -> {
                    if (asynchronous) {
                        state.releaseThread();
                    } else {
                        state.end();
                    }
                    worker.atNextJob = true;
                },
                () -> state.requestStop());
        check(!worker.wrong, "the next job was interrupted");
    }

    private static void listenWhileStopping(State state) {
        AtomicInteger told = new AtomicInteger();
        together(() -> state.onStopRequested(told::incrementAndGet), () -> {
            state.requestStop();
            state.requestStop();
        });
        check(told.get() == 1, "the stop action ran " + told.get() + " times");
    }

    private static void completeTwice(State state) {
        AtomicInteger first = new AtomicInteger();
        Runnable completion = () -> {
            if (state.completeOnce()) {
                first.incrementAndGet();
            }
        };
        together(completion, completion);
        check(first.get() == 1, "first completions: " + first.get());
    }

    /** Stands for the thread on which the job runs. */
    private static final class Worker {
        private boolean atNextJob;
        private boolean wrong;

        void interrupt() {
            if (atNextJob) {
                wrong = true;
            }
        }
    }

    private interface State {
        boolean end();

        void requestStop();

        boolean abandon();

        void releaseThread();

        boolean completeOnce();

        void onStopRequested(Runnable action);
    }

    private static final class Real implements State {
        private final AttemptState state;

        Real(Worker worker) {
            this.state = new AttemptState() {
                @Override
                void interruptThread() {
                    worker.interrupt();
                }

                @Override
                void runStopAction(Runnable action) {
                    action.run();
                }
            };
        }

        @Override
        public boolean end() {
            return state.end();
        }

        @Override
        public void requestStop() {
            state.requestStop(StopCause.TIMEOUT);
        }

        @Override
        public boolean abandon() {
            return state.abandon();
        }

        @Override
        public void releaseThread() {
            state.releaseThread();
        }

        @Override
        public boolean completeOnce() {
            return state.completeOnce();
        }

        @Override
        public void onStopRequested(Runnable action) {
            state.onStopRequested(action);
        }
    }

    /** What {@link AttemptState} is, with a race in each of its methods. */
    private static final class LooksThenWrites implements State {
        private final List<Runnable> onStop = new ArrayList<>();
        private volatile @Nullable Worker running;
        private volatile boolean over;
        private volatile boolean stopping;
        private volatile boolean completed;

        LooksThenWrites(Worker worker) {
            this.running = worker;
        }

        @Override
        public boolean end() {
            return abandon();
        }

        @Override
        public void requestStop() {
            if (over || stopping) {
                return;
            }
            stopping = true;
            Worker worker = running;
            if (worker != null) {
                worker.interrupt();
            }
            onStop.forEach(Runnable::run);
        }

        @Override
        public boolean abandon() {
            if (over) {
                return false;
            }
            over = true;
            return true;
        }

        @Override
        public void releaseThread() {
            running = null;
        }

        @Override
        public boolean completeOnce() {
            if (completed) {
                return false;
            }
            completed = true;
            return true;
        }

        @Override
        public void onStopRequested(Runnable action) {
            if (stopping) {
                action.run();
            } else {
                onStop.add(action);
            }
        }
    }
}
