package io.batchengine.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A process answers, fails, dies or hangs, and the parent tells which. */
class WorkerProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Does what the tests need. */
    static final class Child implements CommandLoop.Handler {
        public static void main(String[] args) {
            CommandLoop.serve(() -> {
                if (args.length > 0) {
                    throw new IllegalStateException(args[0]);
                }
                return new Child();
            });
        }

        @Override
        public String obey(List<String> words) throws InterruptedException {
            switch (words.get(0)) {
                case "print" -> System.out.println("done nothing at all");
                case "die" -> {
                    System.err.println("the last words");
                    Runtime.getRuntime().halt(7);
                }
                case "hang" -> new CountDownLatch(1).await();
                case "fail" -> throw new IllegalStateException("not\ntoday");
                default -> {}
            }
            return "1.5 2";
        }

        @Override
        public void end() {}
    }

    private static WorkerProcess child(String... arguments) throws IOException, WorkerFailure {
        return WorkerProcess.start("child", JavaRuntime.own(), List.of("-Xmx32m"), Child.class, List.of(arguments));
    }

    @Test
    void what_it_answers_is_not_mixed_up_with_what_it_prints_and_a_failure_is_no_crash() throws Exception {
        try (WorkerProcess child = child()) {
            assertThat(child.ask("print", LIMIT)).isEqualTo("1.5 2");
            assertThatThrownBy(() -> child.ask("fail", LIMIT))
                    .isInstanceOf(WorkerFailure.class)
                    .hasMessageContaining("child failed at: fail: java.lang.IllegalStateException: not today");
            assertThat(child.askNumbers("numbers", LIMIT)).containsExactly(1.5, 2);
        }
    }

    @Test
    void one_that_dies_is_told_with_its_exit_code_and_its_last_words() throws Exception {
        try (WorkerProcess child = child()) {
            assertThatThrownBy(() -> child.ask("die", LIMIT))
                    .isInstanceOf(WorkerFailure.class)
                    .hasMessageContaining("child died with exit code 7 at: die")
                    .hasMessageContaining("the last words");
            assertThatThrownBy(() -> child.ask("print", LIMIT)).isInstanceOf(WorkerFailure.class);
        }
    }

    @Test
    void one_that_takes_too_long_is_killed() throws Exception {
        try (WorkerProcess child = child()) {
            assertThatThrownBy(() -> child.ask("hang", Duration.ofMillis(300)))
                    .isInstanceOf(WorkerFailure.class)
                    .hasMessageContaining("child took more than 300 ms for: hang");
        }
    }

    @Test
    void one_that_does_not_open_is_told_with_the_reason() {
        assertThatThrownBy(() -> child("no disk"))
                .isInstanceOf(WorkerFailure.class)
                .hasMessageContaining("java.lang.IllegalStateException: no disk");
    }
}
