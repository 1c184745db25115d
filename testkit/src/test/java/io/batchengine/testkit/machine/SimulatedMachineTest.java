package io.batchengine.testkit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedMachineTest {
    private final SimulatedMachine machine = new SimulatedMachine(1);
    private final SimulatedProcess process = machine.process("engine-1");
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        machine.close();
    }

    private void log(String what) {
        log.add(Duration.ofNanos(machine.nanos()).toMillis() + " " + what);
    }

    private void in(int millis, Runnable task) {
        process.timer().schedule(task, Duration.ofMillis(millis));
    }

    /** A sleep that must not be interrupted. */
    private static void sleep(SimulatedProcess sleeper, int millis) {
        try {
            sleeper.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void runForAnHour() {
        assertThat(machine.runUntil(() -> false, Duration.ofHours(1))).isFalse();
    }

    private static List<Integer> order(long seed) {
        try (SimulatedMachine machine = new SimulatedMachine(seed)) {
            SimulatedProcess process = machine.process("p");
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                process.executor().execute(() -> order.add(number));
            }
            assertThat(machine.runUntil(() -> order.size() == 10, Duration.ZERO))
                    .isTrue();
            return order;
        }
    }

    @Test
    void the_order_of_tasks_follows_from_the_seed() {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            assertThat(order(seed)).isEqualTo(order(seed)).hasSize(10).doesNotHaveDuplicates();
            orders.add(order(seed));
        }
        assertThat(orders).hasSize(50);
    }

    @Test
    void a_task_never_runs_within_execute() {
        process.executor().execute(() -> {
            process.executor().execute(() -> log("inner"));
            log("outer");
        });
        runForAnHour();
        assertThat(log).containsExactly("0 outer", "0 inner");
    }

    @Test
    void time_stands_while_tasks_run_and_jumps_to_the_next_timer() {
        in(5_000, () -> log("late"));
        in(200, () -> log("early"));
        in(-1, () -> log("at once"));
        process.executor().execute(() -> log("task"));
        assertThat(machine.runUntil(() -> log.size() == 4, Duration.ofHours(1))).isTrue();
        assertThat(log).containsExactlyInAnyOrder("0 task", "0 at once", "200 early", "5000 late");
        assertThat(log.get(3)).isEqualTo("5000 late");
        assertThat(machine.nanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(machine.steps()).isEqualTo(4);
    }

    @Test
    void a_cancelled_timer_does_not_run() {
        var cancelled = process.timer().schedule(() -> log("cancelled"), Duration.ofMillis(10));
        in(5, cancelled::cancel);
        in(20, () -> log("last"));
        runForAnHour();
        assertThat(log).containsExactly("20 last");
    }

    @Test
    void nothing_beyond_the_limit_runs_until_there_is_more_time() {
        in(1_000, () -> log("at the limit"));
        in(1_001, () -> log("beyond"));
        assertThat(machine.runUntil(() -> false, Duration.ofSeconds(1))).isFalse();
        assertThat(log).containsExactly("1000 at the limit");
        assertThat(machine.nanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(machine.runUntil(() -> log.size() == 2, Duration.ofSeconds(1)))
                .isTrue();
        assertThat(log).contains("1001 beyond");
    }

    @Test
    void a_run_ends_where_its_goal_is_reached_or_nothing_is_left() {
        in(10, () -> log("first"));
        in(20, () -> log("second"));
        assertThat(machine.runUntil(() -> !log.isEmpty(), Duration.ofDays(1))).isTrue();
        assertThat(log).containsExactly("10 first");
        assertThat(machine.runUntil(() -> false, Duration.ofDays(1))).isFalse();
        assertThat(machine.nanos()).isEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void others_run_while_a_task_sleeps() {
        process.executor().execute(() -> {
            log("falls asleep");
            sleep(process, 100);
            log("awake");
        });
        in(50, () -> log("other"));
        runForAnHour();
        assertThat(log).containsExactly("0 falls asleep", "50 other", "100 awake");
    }

    @Test
    void many_sleepers_keep_their_stacks() {
        for (int i = 1; i <= 20; i++) {
            int number = i;
            process.executor().execute(() -> {
                sleep(process, number);
                sleep(process, 100 - number);
                log("done");
            });
        }
        runForAnHour();
        assertThat(log).hasSize(20).containsOnly("100 done");
    }

    @Test
    void an_interrupt_ends_a_sleep_where_the_waker_is_told() {
        process.executor().execute(() -> {
            Thread me = Thread.currentThread();
            Runnable waker = process.waker();
            in(10, () -> {
                me.interrupt();
                waker.run();
            });
            assertThatThrownBy(() -> process.sleep(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
            log("interrupted");
            sleep(process, 1);
            log("slept on");
        });
        in(
                2_000,
                () -> log(
                        "nobody else is interrupted: " + Thread.currentThread().isInterrupted()));
        runForAnHour();
        assertThat(log).containsExactly("10 interrupted", "11 slept on", "2000 nobody else is interrupted: false");
    }

    @Test
    void an_interrupt_without_the_waker_is_seen_at_the_end_of_the_sleep() {
        process.executor().execute(() -> {
            Thread me = Thread.currentThread();
            in(10, me::interrupt);
            assertThatThrownBy(() -> process.sleep(Duration.ofMillis(500))).isInstanceOf(InterruptedException.class);
            log("interrupted");
        });
        runForAnHour();
        assertThat(log).containsExactly("500 interrupted");
    }

    @Test
    void a_waker_does_nothing_to_a_task_that_does_not_sleep() {
        process.executor().execute(() -> {
            process.waker().run();
            sleep(process, 30);
            log("slept");
        });
        runForAnHour();
        assertThat(log).containsExactly("30 slept");
    }

    @Test
    void a_nap_ends_when_it_is_woken_first_or_last() {
        process.executor().execute(() -> {
            try {
                SimulatedProcess.Nap early = process.nap();
                early.wake();
                early.take();
                log("was woken before");
                SimulatedProcess.Nap late = process.nap();
                in(70, late::wake);
                in(70, late::wake);
                late.atMost(Duration.ofMinutes(1)).take();
                log("is woken");
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        });
        runForAnHour();
        assertThat(log).containsExactly("0 was woken before", "70 is woken");
    }

    @Test
    void what_a_paused_process_would_do_waits_until_it_goes_on() {
        SimulatedProcess other = machine.process("engine-2");
        process.executor().execute(() -> {
            sleep(process, 10);
            log("sleeper");
        });
        in(20, () -> log("timer"));
        other.timer()
                .schedule(
                        () -> {
                            process.pause();
                            process.executor().execute(() -> log("task"));
                            log("paused: " + process.isPaused());
                        },
                        Duration.ofMillis(5));
        other.timer().schedule(() -> log("other"), Duration.ofMillis(30));
        other.timer().schedule(process::resume, Duration.ofSeconds(1));
        runForAnHour();
        assertThat(log.subList(0, 2)).containsExactly("5 paused: true", "30 other");
        assertThat(log.subList(2, 5)).containsExactlyInAnyOrder("1000 sleeper", "1000 timer", "1000 task");
        assertThat(process.isPaused()).isFalse();
    }

    @Test
    void a_killed_process_does_nothing_more_and_does_not_come_back() {
        SimulatedProcess other = machine.process("engine-2");
        process.executor().execute(() -> {
            sleep(process, 10);
            log("sleeper");
        });
        in(20, () -> log("timer"));
        other.timer()
                .schedule(
                        () -> {
                            process.pause();
                            process.kill();
                            process.executor().execute(() -> log("task"));
                            process.inlineExecutor().execute(() -> log("inline"));
                            process.resume();
                        },
                        Duration.ofMillis(5));
        other.timer().schedule(() -> log("other"), Duration.ofMillis(30));
        runForAnHour();
        assertThat(log).containsExactly("30 other");
        assertThat(process.isKilled()).isTrue();
        assertThat(process.isPaused()).isFalse();
    }

    @Test
    void a_task_that_kills_its_own_process_stops_there() {
        process.executor().execute(() -> {
            process.kill();
            process.stopHere();
            log("went on");
        });
        machine.process("engine-2").executor().execute(() -> log("other"));
        runForAnHour();
        assertThat(log).containsExactly("0 other");
    }

    @Test
    void a_wall_clock_jumps_alone() {
        SimulatedProcess other = machine.process("engine-2");
        in(100, () -> process.jumpClock(Duration.ofHours(-1)));
        in(200, () -> process.jumpClock(Duration.ofMinutes(1)));
        runForAnHour();
        assertThat(other.clock().instant()).isEqualTo(SimulatedProcess.EPOCH.plusMillis(200));
        assertThat(process.clock().instant())
                .isEqualTo(SimulatedProcess.EPOCH.plusMillis(200).minus(Duration.ofMinutes(59)));
        assertThat(process.nanos()).isEqualTo(other.nanos());
    }

    @Test
    void latency_lets_each_task_begin_later() {
        process.delayTasks(() -> Duration.ofMillis(7));
        process.executor().execute(() -> {
            log("first");
            process.executor().execute(() -> log("second"));
        });
        in(10, () -> log("timers have none"));
        runForAnHour();
        assertThat(log).containsExactly("7 first", "10 timers have none", "14 second");
    }

    @Test
    void the_inline_executor_runs_a_task_within_execute() {
        process.executor().execute(() -> {
            process.inlineExecutor().execute(() -> log("inner"));
            log("outer");
        });
        runForAnHour();
        assertThat(log).containsExactly("0 inner", "0 outer");
    }

    static Stream<Throwable> whatTasksThrow() {
        return Stream.of(
                new IllegalStateException("broken"), new StackOverflowError("deep"), new IOException("checked"));
    }

    @ParameterizedTest
    @MethodSource("whatTasksThrow")
    void what_a_task_throws_comes_out_where_the_machine_is_run(Throwable thrown) {
        in(10, () -> {
            sleep(process, 5);
            SimulatedMachineTest.<RuntimeException>sneak(thrown);
        });
        in(20, () -> log("behind it"));
        assertThatThrownBy(() -> machine.runUntil(() -> false, Duration.ofHours(1)))
                .satisfiesAnyOf(
                        caught -> assertThat(caught).isSameAs(thrown),
                        caught -> assertThat(caught).hasCause(thrown).isInstanceOf(IllegalStateException.class));
        assertThat(machine.nanos()).isEqualTo(Duration.ofMillis(15).toNanos());
        runForAnHour();
        assertThat(log).containsExactly("20 behind it");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void close_ends_the_tasks_that_block_and_nothing_runs_behind_it() {
        for (int i = 0; i < 3; i++) {
            process.executor().execute(() -> {
                try {
                    sleep(process, 1_000);
                    log("went on");
                } finally {
                    log("ended");
                    process.executor().execute(() -> log("submitted while it closes"));
                }
            });
        }
        assertThat(machine.runUntil(() -> false, Duration.ofMillis(1))).isFalse();
        machine.close();
        process.executor().execute(() -> log("task"));
        process.inlineExecutor().execute(() -> log("inline"));
        in(0, () -> log("timer"));
        runForAnHour();
        assertThat(log).containsOnly("1 ended").hasSize(3);
    }

    @Test
    void a_task_that_catches_its_end_is_ended_again() {
        process.executor().execute(() -> {
            for (int i = 0; i < 3; i++) {
                try {
                    sleep(process, 1_000);
                } catch (Error end) { // as careless code does
                    log("caught");
                }
            }
        });
        assertThat(machine.runUntil(() -> false, Duration.ofMillis(1))).isFalse();
        machine.close();
        assertThat(log).containsExactly("1 caught", "1 caught", "1 caught");
    }

    @Test
    void what_stands_outside_of_processes_is_there_once_for_each_machine() {
        StringBuilder outside = machine.outside(StringBuilder.class, () -> new StringBuilder("new"));
        assertThat(process.machine().outside(StringBuilder.class, StringBuilder::new))
                .isSameAs(outside);
        try (SimulatedMachine other = new SimulatedMachine(1)) {
            assertThat(other.outside(StringBuilder.class, StringBuilder::new)).isNotSameAs(outside);
        }
    }

    @Test
    void the_process_that_runs_is_known_within_tasks_only() {
        SimulatedProcess other = machine.process("engine-2");
        process.executor().execute(() -> {
            log("runs " + machine.running());
            sleep(process, 10);
            log("runs " + machine.running());
        });
        other.timer().schedule(() -> log("runs " + machine.running()), Duration.ofMillis(5));
        runForAnHour();
        assertThat(log).containsExactly("0 runs engine-1", "5 runs engine-2", "10 runs engine-1");
        assertThatThrownBy(machine::running).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> process.sleep(Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only a task");
    }

    @Test
    void tasks_that_follow_tasks_for_ever_are_told() {
        process.executor().execute(new Runnable() {
            @Override
            public void run() {
                process.executor().execute(this);
            }
        });

        assertThatThrownBy(this::runForAnHour)
                .isInstanceOf(LivelockException.class)
                .hasMessageContaining("engine-1 goes round for ever");
    }

    @Test
    void tasks_that_each_take_time_are_no_endless_round() {
        in(10, new Runnable() {
            @Override
            public void run() {
                in(1, this);
            }
        });

        runForAnHour();
    }
}
