package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The two places where a caller's own thread waits. */
final class Waiting {
    private static final CloseReport NOT_CLEAN =
            CloseReport.builder().stuckJobs(List.of()).build();

    private static final Duration THREADS_END = Duration.ofSeconds(1);

    private Waiting() {}

    static <T> T await(CompletionStage<T> stage, Duration timeout, String what) {
        try {
            return stage.toCompletableFuture().get(nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BatchEngineException failure) {
                throw failure;
            }
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED, Text.format("waiting for %s failed", what), e.getCause());
        } catch (TimeoutException e) {
            throw BatchEngineException.of(
                    ErrorCode.TIMEOUT, Text.format("%s had not ended after %s; it goes on", what, timeout), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BatchEngineException.of(
                    ErrorCode.INTERRUPTED, Text.format("interrupted while waiting for %s; it goes on", what), e);
        }
    }

    static CloseReport untilClosed(Engine engine, CompletionStage<CloseReport> closing, Duration deadline) {
        try {
            // The engine keeps the deadline by its own timer; the margin is for a timer that is late.
            CloseReport report =
                    closing.toCompletableFuture().get(nanos(deadline) + MARGIN_NANOS, TimeUnit.NANOSECONDS);
            // After a clean end all threads are idle and end at once; otherwise those in user code are not waited for.
            engine.awaitThreads(report.clean() ? THREADS_END : Duration.ZERO);
            return report;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_CLEAN;
        } catch (ExecutionException | TimeoutException e) {
            return NOT_CLEAN;
        }
    }

    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(365)) > 0 ? TimeUnit.DAYS.toNanos(365) : timeout.toNanos();
    }
}
