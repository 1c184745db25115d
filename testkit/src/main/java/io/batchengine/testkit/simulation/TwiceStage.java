package io.batchengine.testkit.simulation;

import io.batchengine.spi.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A stage that calls back again, with a failure, after it has completed. */
final class TwiceStage extends CompletableFuture<Outcome> {
    @Override
    public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
        return super.whenComplete((outcome, failure) -> {
            action.accept(outcome, failure);
            action.accept(null, new IllegalStateException("completed, then failed"));
        });
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
