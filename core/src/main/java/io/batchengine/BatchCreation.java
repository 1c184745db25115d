package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.StoredBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a batch is created: every refusal comes before anything is stored. */
final class BatchCreation {
    private final Engine engine;
    private final EngineSettings settings;

    BatchCreation(Engine engine, EngineSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    Batch create(Scope scope, CreateBatch request) {
        engine.requireOpen();
        requireAllowed(scope);
        // Without a key nothing is ever compared.
        String fingerprint = request.idempotencyKey() == null ? "" : RequestFingerprint.of(scope, request);
        Optional<Batch> known = sameRequest(scope, request.idempotencyKey(), fingerprint);
        if (known.isPresent()) {
            // Before the configuration is resolved: it may have gone since, and the batch has its snapshot.
            return known.get();
        }
        JobTypes.Served served =
                engine.jobTypes().require(request.config().job().type());
        requireDirectory(scope, request.sourceDirectoryId());
        ConfigurationSnapshot snapshot = resolve(scope, request.config(), served);
        return store(scope, request, snapshot, served.prefix(), fingerprint, null);
    }

    Batch retryFailed(Scope scope, String batchId) {
        requireAllowed(scope);
        StoredBatch ended = BatchReading.require(engine, scope, batchId);
        if (!ended.state().status().isTerminal()) {
            throw BatchEngineException.of(
                    ErrorCode.NOT_TERMINAL,
                    Text.format(
                            "batch %s is %s: its failed files can be retried once it has ended",
                            batchId, ended.state().status()));
        }
        BatchRecord first = ended.request();
        JobTypes.Served served = engine.jobTypes().require(first.config().job().type());
        requireDirectory(scope, first.sourceDirectoryId());
        ConfigurationSnapshot snapshot = resolve(scope, first.config(), served);
        CreateBatch request = CreateBatch.of(first.sourceDirectoryId(), first.config())
                .withOptions(first.options())
                .withRequestedBy(first.requestedBy());
        return store(scope, request, snapshot, served.prefix(), "", batchId);
    }

    private Batch store(
            Scope scope,
            CreateBatch request,
            ConfigurationSnapshot snapshot,
            String jobIdPrefix,
            String fingerprint,
            @Nullable String retryOf) {
        BatchOptions options = request.options();
        BatchRecord batch = BatchRecord.builder()
                .id(engine.newBatchId())
                .scope(scope)
                .sourceDirectoryId(request.sourceDirectoryId())
                .config(request.config())
                .configuration(snapshot)
                .jobIdPrefix(jobIdPrefix)
                .options(
                        options == null
                                ? settings.optionsOf(request.config().job().type())
                                : options)
                .idempotencyKey(request.idempotencyKey())
                .fingerprint(fingerprint)
                .requestedBy(request.requestedBy())
                .retryOf(retryOf)
                .createdAt(engine.now())
                .build();
        CreateResult answer = engine.create(batch);
        if (answer instanceof CreateResult.Created created) {
            return created.batch().toBatch();
        }
        if (answer instanceof CreateResult.Existing existing) {
            return existing.batch().toBatch();
        }
        if (answer instanceof CreateResult.OriginMissing) {
            throw BatchEngineException.of(
                    ErrorCode.BATCH_NOT_FOUND, Text.format("batch %s was deleted meanwhile", Text.quote(retryOf)));
        }
        throw conflict(request.idempotencyKey());
    }

    private Optional<Batch> sameRequest(Scope scope, @Nullable String key, String fingerprint) {
        if (key == null) {
            return Optional.empty();
        }
        Optional<StoredBatch> found =
                engine.store(store -> store.find(new BatchKey.ByIdempotencyKey(scope.projectId(), key)));
        if (found.isPresent() && !found.get().request().fingerprint().equals(fingerprint)) {
            throw conflict(key);
        }
        return found.map(StoredBatch::toBatch);
    }

    private void requireAllowed(Scope scope) {
        boolean allowed;
        try {
            allowed = settings.projectFilter().test(scope);
        } catch (RuntimeException failure) {
            throw pluginFailed("the project filter", failure);
        }
        if (!allowed) {
            throw BatchEngineException.of(
                    ErrorCode.PROJECT_REFUSED,
                    Text.format("project %s may not create batches in this engine", Text.quote(scope.projectId())));
        }
    }

    private void requireDirectory(Scope scope, String directoryId) {
        boolean exists;
        try {
            exists = engine.hasDirectory(scope, directoryId);
        } catch (BatchEngineException failure) {
            throw failure;
        } catch (Exception failure) {
            throw pluginFailed("looking up source directory " + Text.quote(directoryId), failure);
        }
        if (!exists) {
            throw BatchEngineException.of(
                    ErrorCode.SOURCE_DIRECTORY_NOT_FOUND,
                    Text.format("source directory %s does not exist", Text.quote(directoryId)));
        }
    }

    private ConfigurationSnapshot resolve(Scope scope, BatchConfig config, JobTypes.Served served) {
        String id = config.job().configurationId();
        ConfigurationSnapshot snapshot;
        try {
            snapshot = engine.calling(
                    "the job factory's call resolve",
                    () -> served.factory()
                            .resolve(ResolveRequest.of(scope, config.job().type(), id)));
        } catch (BatchEngineException failure) {
            throw failure;
        } catch (Exception failure) {
            throw pluginFailed("resolving configuration " + Text.quote(id), failure);
        }
        if (snapshot == null) {
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED,
                    Text.format(
                            "%s answered null for configuration %s",
                            served.factory().getClass().getName(), Text.quote(id)));
        }
        return snapshot;
    }

    private static BatchEngineException pluginFailed(String what, Exception failure) {
        return BatchEngineException.of(
                ErrorCode.PLUGIN_FAILED, Text.format("%s failed: %s", what, Text.describe(failure)), failure);
    }

    private static BatchEngineException conflict(@Nullable String key) {
        return BatchEngineException.of(
                ErrorCode.IDEMPOTENCY_CONFLICT,
                Text.format(
                        "idempotency key %s was used for another request: send that one again, or use a new key",
                        Text.quote(key)));
    }
}
