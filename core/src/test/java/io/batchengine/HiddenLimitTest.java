package io.batchengine;

import static io.batchengine.support.Load.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import io.batchengine.support.Workers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A remote service that takes some calls at a time, tells nobody how many, and answers "not now" beyond. */
class HiddenLimitTest {
    private static final Duration CALL = Duration.ofMillis(100);

    /** How it answers, and who waits for the answer. */
    enum Calls {
        /** The factory asks whether it may call. */
        REFUSED_AT_CREATION,
        /** The call itself is refused at once. */
        ASYNCHRONOUS,
        /** The call itself is refused after a while. */
        REFUSED_LATE,
        /** On a thread for each. */
        BLOCKING
    }

    private final ManualMachine machine = new ManualMachine();
    private final Workers workers = new Workers(machine);
    private int limit = 50;
    private int inFlight;
    private long calls;
    private long refused;
    private Calls kind = Calls.ASYNCHRONOUS;
    private Duration wait = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({
        "REFUSED_AT_CREATION, 0",
        "REFUSED_AT_CREATION, 20",
        "REFUSED_AT_CREATION, 100",
        "REFUSED_AT_CREATION, 1000",
        "ASYNCHRONOUS, 0",
        "ASYNCHRONOUS, 20",
        "ASYNCHRONOUS, 100",
        "ASYNCHRONOUS, 1000",
        "REFUSED_LATE, 0",
        "REFUSED_LATE, 100",
        "REFUSED_LATE, 1000",
        "BLOCKING, 0",
        "BLOCKING, 20",
        "BLOCKING, 100",
        "BLOCKING, 1000"
    })
    void most_of_its_capacity_is_used_and_few_calls_are_refused(Calls kind, int waitMillis) {
        this.kind = kind;
        this.wait = Duration.ofMillis(waitMillis);
        start();
        warmUp();
        measure("at 50");
    }

    @ParameterizedTest
    @CsvSource({"ASYNCHRONOUS, 100", "BLOCKING, 100"})
    void it_is_followed_when_it_takes_less_or_more(Calls kind, int waitMillis) {
        follow(kind, waitMillis);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(ints = {0, 1_000})
    void it_is_followed_whatever_it_asks_to_wait(int waitMillis) {
        follow(Calls.ASYNCHRONOUS, waitMillis);
    }

    private void follow(Calls kind, int waitMillis) {
        this.kind = kind;
        this.wait = Duration.ofMillis(waitMillis);
        start();
        warmUp();
        limit = 10;
        warmUp();
        measure("at 10");
        limit = kind == Calls.BLOCKING ? 60 : 200;
        warmUp();
        measure("at more");
        limit = 0;
        warmUp();
        limit = 50;
        warmUp();
        measure("after it refused all");
    }

    private void warmUp() {
        machine.advance(Duration.ofSeconds(wait.toMillis() < 1_000 ? 20 : 60));
    }

    private void measure(String when) {
        int seconds = wait.toMillis() < 1_000 ? 30 : 100;
        calls = 0;
        refused = 0;
        machine.advance(Duration.ofSeconds(seconds));
        double used = (calls - refused)
                * (double) CALL.toNanos()
                / (limit * Duration.ofSeconds(seconds).toNanos());
        double share = (double) refused / calls;
        assertThat(used).as("of the capacity used, %s", when).isGreaterThanOrEqualTo(0.9);
        assertThat(share).as("of the calls refused, %s", when).isLessThan(0.02);
    }

    private void start() {
        BatchEngine engine = BatchEngine.builder()
                .executor(workers.executor(), kind == Calls.BLOCKING ? 64 : 4)
                .orchestrationExecutor(machine.executor())
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos)
                        .withRandom(new java.util.Random(42)))
                .sourceDirectory(new ListedDirectory().generating("dir-a", 10_000_000))
                .jobFactory(TestFactories.creating(request -> create()))
                .build();
        engine.batches().create("dir-a", TYPE, "cfg");
    }

    private JobCreation create() {
        if (kind == Calls.REFUSED_AT_CREATION && !admitted()) {
            return JobCreation.notNow(wait);
        }
        if (kind == Calls.BLOCKING) {
            return JobCreation.created(Job.blocking(job -> {
                if (!admitted()) {
                    return Outcome.notNow(wait);
                }
                workers.sleep(CALL);
                inFlight--;
                return Outcome.succeeded();
            }));
        }
        return JobCreation.created(Job.async(job -> {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            if (kind == Calls.REFUSED_AT_CREATION || admitted()) {
                later(answer, CALL, Outcome.succeeded());
            } else if (kind == Calls.REFUSED_LATE) {
                later(answer, CALL.dividedBy(5), Outcome.notNow(wait));
            } else {
                answer.complete(Outcome.notNow(wait));
            }
            return answer;
        }));
    }

    private boolean admitted() {
        calls++;
        if (inFlight < limit) {
            inFlight++;
            return true;
        }
        refused++;
        return false;
    }

    private void later(CompletableFuture<Outcome> answer, Duration time, Outcome outcome) {
        machine.timer()
                .schedule(
                        () -> {
                            if (outcome instanceof Outcome.Succeeded) {
                                inFlight--;
                            }
                            answer.complete(outcome);
                        },
                        time);
    }
}
