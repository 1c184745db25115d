package io.batchengine.internal.engine.events;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.KnownDamage;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Who waits for the end of which batch. The end of another engine's batch is found by asking the store now and then. */
public final class Waiters {
    private record Waiting(BatchKey.ById key, CompletableFuture<StoredBatch> end) {}

    private final EngineBase engine;
    private final Predicate<String> runsHere;
    private final Map<String, Waiting> byBatch = new ConcurrentHashMap<>();
    private boolean polling; // confined to the serial executor
    private volatile boolean closed;

    public Waiters(EngineBase engine, Predicate<String> runsHere) {
        this.engine = engine;
        this.runsHere = runsHere;
    }

    /** Completes when the batch has ended. Any thread. */
    public CompletionStage<StoredBatch> end(BatchKey.ById key) {
        Waiting waiting = byBatch.computeIfAbsent(key.batchId(), id -> new Waiting(key, new CompletableFuture<>()));
        BatchEngineException lost = engine.loss.failure();
        if (lost != null) {
            byBatch.remove(key.batchId(), waiting);
            waiting.end.completeExceptionally(lost);
        } else if (closed) {
            fail(waiting); // this caller alone: it must not run what others have attached to their ends
        } else {
            // It may have ended before anybody was registered: one look now, further ones with the poll.
            engine.io(() -> look(waiting));
            engine.serial.submit(this::pollLater);
        }
        return waiting.end.copy();
    }

    public void ended(StoredBatch batch) {
        Waiting waiting = byBatch.remove(batch.id());
        if (waiting != null) {
            engine.serial.afterwards(() -> engine.io(() -> waiting.end.complete(batch)));
        }
    }

    /** Nobody works on a batch any more, since it is damaged: whoever waits for its end would wait for ever. */
    public void damaged(StoredBatch batch) {
        Waiting waiting = byBatch.remove(batch.id());
        if (waiting != null) {
            engine.serial.afterwards(() -> engine.io(() -> fail(waiting, damage(batch))));
        }
    }

    /** The store is damaged where it gives batches: whoever waits for the end of one that does not run here would wait for ever. */
    public void notClaimed(BatchEngineException failure, Predicate<String> runs) {
        for (Waiting waiting : List.copyOf(byBatch.values())) {
            if (!runs.test(waiting.key.batchId()) && byBatch.remove(waiting.key.batchId(), waiting)) {
                engine.serial.afterwards(() -> engine.io(() -> fail(waiting, failure)));
            }
        }
    }

    private static BatchEngineException damage(StoredBatch batch) {
        StatusReason reason = batch.state().reason();
        return BatchEngineException.of(
                ErrorCode.STORE_CORRUPT,
                Text.format(
                        "batch %s does not go on: %s; cancel it to end it",
                        batch.id(), reason == null ? "rows of it are damaged" : reason.message()));
    }

    private static void fail(Waiting waiting, BatchEngineException failure) {
        waiting.end.completeExceptionally(failure);
    }

    /** Nobody will be told any more. */
    public void close() {
        closed = true;
        List.copyOf(byBatch.values()).forEach(this::fail);
    }

    /** Nobody's batch will end here: the store is lost. Within a decision. */
    public void lost(BatchEngineException why) {
        List.copyOf(byBatch.values()).forEach(waiting -> {
            if (byBatch.remove(waiting.key.batchId(), waiting)) {
                engine.serial.afterwards(() -> engine.io(() -> waiting.end.completeExceptionally(why)));
            }
        });
    }

    private void fail(Waiting waiting) {
        String id = waiting.key.batchId();
        if (byBatch.remove(id, waiting)) {
            waiting.end.completeExceptionally(BatchEngineException.of(
                    ErrorCode.ENGINE_CLOSED, Text.format("the engine was closed before batch %s had ended", id)));
        }
    }

    private void pollLater() {
        if (!polling && !closed && !byBatch.isEmpty()) {
            polling = true;
            engine.later(this::poll, engine.tuning.pollInterval());
        }
    }

    private void poll() {
        if (closed) {
            return;
        }
        List<Waiting> elsewhere = byBatch.values().stream()
                .filter(waiting -> !runsHere.test(waiting.key.batchId()))
                .toList();
        engine.serial.afterwards(() -> engine.io(() -> {
            elsewhere.forEach(this::look);
            engine.serial.submit(() -> {
                polling = false;
                pollLater();
            });
        }));
    }

    private void look(Waiting waiting) {
        if (closed) { // it came late, when its store may be closed
            fail(waiting);
            return;
        }
        Optional<StoredBatch> found;
        try {
            found = engine.store.find(waiting.key);
        } catch (BatchEngineException failure) {
            if (failure.code() == ErrorCode.STORE_CORRUPT && byBatch.remove(waiting.key.batchId(), waiting)) {
                fail(waiting, failure);
            } else {
                var unused = engine.loss.isToldBy(failure);
            }
            return; // else the next poll asks again, unless there is no store any more
        } catch (Throwable unavailable) {
            var unused = engine.loss.isToldBy(unavailable);
            return;
        }
        if (found.isEmpty()) {
            byBatch.remove(waiting.key.batchId(), waiting);
            waiting.end.completeExceptionally(BatchEngineException.of(
                    ErrorCode.BATCH_NOT_FOUND,
                    Text.format("batch %s was deleted while it was waited for", waiting.key.batchId())));
        } else if (found.get().state().status().isTerminal()) {
            byBatch.remove(waiting.key.batchId(), waiting);
            waiting.end.complete(found.get());
        } else if (KnownDamage.isTold(found.get())
                && !found.get().state().cancelRequested()
                && byBatch.remove(waiting.key.batchId(), waiting)) {
            fail(waiting, damage(found.get()));
        }
    }
}
