package io.batchengine.testkit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PhaseTest {
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

    private void sleep(int millis) {
        try {
            process.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void phases_follow_each_other_and_are_told_whether_their_goal_was_reached() {
        in(10, () -> log("task"));
        in(500, () -> log("beyond the second"));
        machine.run(new Phase(() -> !log.isEmpty(), Duration.ofMillis(100), first -> {
            log("first: " + first);
            return new Phase(() -> false, Duration.ofMillis(200), second -> {
                log("second: " + second);
                return null;
            });
        }));
        assertThat(log).containsExactly("10 task", "10 first: true", "210 second: false");
    }

    @Test
    void a_phase_begins_outside_of_all_tasks_while_others_block() {
        process.executor().execute(() -> {
            sleep(100);
            log("awake in " + machine.running());
        });
        machine.run(new Phase(() -> machine.nanos() > 0, Duration.ofMillis(30), first -> {
            assertThatIllegalStateException().isThrownBy(machine::running);
            assertThatIllegalStateException().isThrownBy(() -> process.sleep(Duration.ofMillis(1)));
            log("second begins");
            process.executor().execute(() -> log("submitted"));
            return new Phase(() -> log.size() == 3, Duration.ofSeconds(1), second -> null);
        }));
        assertThat(log).containsExactly("30 second begins", "30 submitted", "100 awake in engine-1");
    }

    @Test
    void a_sleeper_goes_on_where_time_alone_has_to_pass_and_others_where_they_are_due_before() {
        process.executor().execute(() -> {
            sleep(10);
            log("slept alone");
            in(5, () -> log("due before"));
            sleep(10);
            log("slept");
        });
        assertThat(machine.runUntil(() -> log.size() == 3, Duration.ofSeconds(1)))
                .isTrue();
        assertThat(log).containsExactly("10 slept alone", "15 due before", "20 slept");
    }

    @Test
    void a_goal_that_a_sleep_leads_past_is_seen_before_time_goes_on() {
        process.executor().execute(() -> {
            log("falls asleep");
            sleep(10);
            log("slept");
        });
        assertThat(machine.runUntil(() -> log.size() == 1, Duration.ofSeconds(1)))
                .isTrue();
        assertThat(log).containsExactly("0 falls asleep");
        assertThat(machine.nanos()).isZero();
    }

    @Test
    void what_a_goal_or_the_end_of_a_phase_throws_comes_out_and_no_task_is_harmed() {
        process.executor().execute(() -> {
            sleep(10);
            log("slept");
        });
        assertThatThrownBy(() -> machine.runUntil(
                        () -> {
                            throw new IllegalStateException("bad goal");
                        },
                        Duration.ofSeconds(1)))
                .hasMessage("bad goal");
        assertThatThrownBy(() -> machine.run(new Phase(() -> true, Duration.ZERO, reached -> {
                    throw new IllegalStateException("bad end");
                })))
                .hasMessage("bad end");
        assertThat(machine.runUntil(() -> !log.isEmpty(), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(log).containsExactly("10 slept");
    }
}
