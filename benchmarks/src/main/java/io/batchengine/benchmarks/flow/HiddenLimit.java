package io.batchengine.benchmarks.flow;

import io.batchengine.limits.Limits;
import io.batchengine.model.Text;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A remote service that serves 50 calls at a time and refuses more, which nobody told the engine. */
final class HiddenLimit {
    private static final int LIMIT = 50;
    private static final Duration CALL = Duration.ofMillis(100);
    private static final Duration TIME = Duration.ofSeconds(60);

    private final Duration retryAfter;
    private int present;
    private long calls;
    private long refused;
    private long servedNanos;

    private HiddenLimit(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    static Measurement simulated(Duration retryAfter) {
        var service = new HiddenLimit(retryAfter);
        try (var simulated = new SimulatedEngine(Limits.DEFAULT, service::call)) {
            simulated.create(Duration.ZERO, "prj-any", 1_000_000);
            simulated.runFor(TIME);
        }
        return service.measurement();
    }

    private CompletionStage<Outcome> call(SimulatedEngine on, JobContext job) {
        calls++;
        if (present == LIMIT) {
            refused++;
            return CompletableFuture.completedFuture(Outcome.notNow(retryAfter));
        }
        present++;
        Duration begun = on.now();
        return on.afterAbout(CALL).thenApply(outcome -> {
            present--;
            servedNanos += on.now().minus(begun).toNanos();
            return outcome;
        });
    }

    private Measurement measurement() {
        double used = servedNanos / ((double) TIME.toNanos() * LIMIT);
        double refusals = refused / (double) calls;
        return new Measurement(
                Text.format(
                        "a service with a hidden limit of 50, calls of 100 ms, refusals that ask to wait for %d ms, 60 s of simulated time",
                        retryAfter.toMillis()),
                Text.format("%.1f %% of its capacity, %.2f %% of %d calls refused", used * 100, refusals * 100, calls),
                "at least 90 %, under 2 %",
                used >= 0.9 && refusals < 0.02);
    }
}
