package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A batch to be created, with something ordinary in each field that a rule does not set. */
final class BatchDraft {
    private final BatchStore store;
    private String id;
    private Scope scope = Scope.ofProject(StoreUnderTest.PROJECT);
    private String directory = "dir-inbox";
    private JobType type = StoreUnderTest.TYPE;
    private String configurationId = "cfg-default";
    private String snapshot = "{}";
    private BatchOptions options = BatchOptions.DEFAULT;
    private @Nullable String key;
    private String fingerprint = "fingerprint";
    private @Nullable String requestedBy;
    private @Nullable String retryOf;
    private Instant createdAt;

    BatchDraft(BatchStore store, String id, Instant createdAt) {
        this.store = store;
        this.id = id;
        this.createdAt = createdAt;
    }

    BatchDraft id(String value) {
        id = value;
        return this;
    }

    BatchDraft project(String value) {
        scope = Scope.ofProject(value);
        return this;
    }

    BatchDraft scope(Scope value) {
        scope = value;
        return this;
    }

    BatchDraft directory(String value) {
        directory = value;
        return this;
    }

    BatchDraft type(JobType value) {
        type = value;
        return this;
    }

    BatchDraft configuration(String configuration, String text) {
        configurationId = configuration;
        snapshot = text;
        return this;
    }

    BatchDraft options(BatchOptions value) {
        options = value;
        return this;
    }

    BatchDraft key(String value) {
        key = value;
        return this;
    }

    BatchDraft fingerprint(String value) {
        fingerprint = value;
        return this;
    }

    BatchDraft requestedBy(String value) {
        requestedBy = value;
        return this;
    }

    BatchDraft retryOf(StoredBatch value) {
        retryOf = value.id();
        return this;
    }

    BatchDraft at(Instant value) {
        createdAt = value;
        return this;
    }

    BatchRecord build() {
        return BatchRecord.builder()
                .id(id)
                .scope(scope)
                .sourceDirectoryId(directory)
                .config(BatchConfig.of(type, configurationId))
                .configuration(ConfigurationSnapshot.of(snapshot))
                .jobIdPrefix("tst-")
                .options(options)
                .idempotencyKey(key)
                .fingerprint(fingerprint)
                .requestedBy(requestedBy)
                .retryOf(retryOf)
                .createdAt(createdAt)
                .build();
    }

    /** What the store answers to the creation. */
    CreateResult send() {
        return store.create(build());
    }

    /** The batch, created. */
    StoredBatch create() {
        return assertInstanceOf(CreateResult.Created.class, send(), "the answer to a creation")
                .batch();
    }
}
