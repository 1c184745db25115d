package io.batchengine.testkit.simulation;

import io.batchengine.spi.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a job, as the engine sees it: its end is told before the engine hears of it. All that engines ask of a stage is passed on,
 * so that one which calls back twice still does.
 */
final class ProbedStage extends CompletableFuture<Outcome> {
    private final CompletionStage<Outcome> real;
    private final Consumer<@Nullable Outcome> onEnd;
    private boolean ended;

    ProbedStage(CompletionStage<Outcome> real, Consumer<@Nullable Outcome> onEnd) {
        this.real = real;
        this.onEnd = onEnd;
    }

    @Override
    public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
        return real.whenComplete((outcome, failure) -> {
                    end(outcome);
                    action.accept(outcome, failure);
                })
                .toCompletableFuture();
    }

    @Override
    public boolean isDone() {
        return real instanceof CompletableFuture<Outcome> future && future.isDone();
    }

    @Override
    public Outcome join() {
        Outcome outcome = null;
        try {
            outcome = real.toCompletableFuture().join();
            return outcome;
        } finally {
            end(outcome);
        }
    }

    private void end(@Nullable Outcome outcome) {
        if (!ended) {
            ended = true;
            onEnd.accept(outcome);
        }
    }
}
