package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How batches end and go: cancel, wait, delete. */
final class BatchEnding {
    /** How many files one call of the store deletes, so that none takes long. */
    private static final int SLICE = 10_000;

    private final Engine engine;

    BatchEnding(Engine engine) {
        this.engine = engine;
    }

    Batch cancel(Scope scope, String batchId) {
        BatchReading.requireBatchId(batchId);
        CancelReply reply = engine.store(store -> store.requestCancel(new BatchKey.ById(scope.projectId(), batchId)));
        StoredBatch batch = reply.batch();
        if (reply.kind() == CancelReply.Kind.ENDED) {
            engine.cancelRequested(batchId); // if it runs here
            engine.damageGone(batchId);
            return BatchReading.require(engine, scope, batchId).toBatch();
        }
        if (reply.kind() == CancelReply.Kind.NOT_FOUND || batch == null) {
            throw BatchReading.notFound(batchId);
        }
        if (reply.kind() == CancelReply.Kind.ALREADY_TERMINAL) {
            throw BatchEngineException.of(
                    ErrorCode.ALREADY_TERMINAL,
                    Text.format(
                            "batch %s is %s already: it can't be cancelled",
                            batchId, batch.state().status()));
        }
        engine.cancelRequested(batchId);
        return batch.toBatch();
    }

    CompletionStage<StoredBatch> completion(Scope scope, String batchId) {
        StoredBatch found = BatchReading.require(engine, scope, batchId);
        return found.state().status().isTerminal()
                ? CompletableFuture.completedFuture(found)
                : engine.end(new BatchKey.ById(scope.projectId(), batchId));
    }

    StoredBatch await(Scope scope, String batchId, Duration timeout) {
        return Waiting.await(completion(scope, batchId), timeout, "batch " + batchId);
    }

    void delete(Scope scope, String batchId) {
        BatchReading.requireBatchId(batchId);
        DeleteRequest request = new DeleteRequest.OneBatch(scope.projectId(), batchId);
        switch (deleteAll(request).kind()) {
            case NOT_FOUND -> throw BatchReading.notFound(batchId);
            case NOT_TERMINAL ->
                throw BatchEngineException.of(
                        ErrorCode.NOT_TERMINAL,
                        Text.format("batch %s has not ended: cancel it, or wait for its end", batchId));
            case IN_USE ->
                throw BatchEngineException.of(
                        ErrorCode.BATCH_IN_USE,
                        Text.format(
                                "batch %s is being retried: wait until the batch that retries its files has ended",
                                batchId));
            case DELETED, MORE -> engine.damageGone(batchId);
        }
    }

    long purge(Scope scope, Instant endedBefore) {
        return deleteAll(new DeleteRequest.FinishedBefore(scope.projectId(), endedBefore))
                .batches();
    }

    private DeleteReply deleteAll(DeleteRequest request) {
        long batches = 0;
        DeleteReply reply;
        do {
            reply = engine.store(store -> store.delete(request, SLICE));
            batches += reply.batches();
        } while (reply.kind() == DeleteReply.Kind.MORE);
        return DeleteReply.of(reply.kind(), batches);
    }
}
