package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimRef;
import static io.batchengine.testkit.StoreUnderTest.numbered;
import static io.batchengine.testkit.StoreUnderTest.project;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S19: text is kept and compared as it is: no quoting, trimming, folding or normalising. */
interface StoreTextRules {
    @Test
    default void s19_01_project_ids_are_compared_as_they_are(StoreUnderTest store) {
        Map<String, StoredBatch> batches = new LinkedHashMap<>();
        HostileText.ALL.forEach(text -> batches.put(text, store.created(text)));
        batches.forEach((text, batch) -> {
            BatchQuery query = BatchQuery.builder()
                    .projectId(text)
                    .limit(9)
                    .withTotal(true)
                    .build();
            assertEquals(new BatchPage(List.of(batch), OptionalLong.of(1)), store.spi.list(query));
            assertEquals(batch, store.find(batch));
        });
    }

    @Test
    default void s19_02_projects_with_a_limit_are_compared_as_they_are(StoreUnderTest store) {
        HostileText.ALL.forEach(store::created);
        for (String text : List.of("a", "%", "'", " ", "\ud83d\ude00")) {
            Map<String, Integer> others = new HashMap<>();
            HostileText.ALL.forEach(other -> others.put(other, 0));
            others.put(text, 1);
            List<Claimed> claimed = store.claim(Set.of(TYPE), 99, others, 99);
            assertEquals(
                    List.of(text),
                    claimed.stream().map(one -> project(one.batch())).toList());
        }
    }

    @Test
    default void s19_03_idempotency_keys_are_compared_as_they_are(StoreUnderTest store) {
        Map<String, StoredBatch> batches = new LinkedHashMap<>();
        HostileText.ALL.forEach(
                text -> batches.put(text, store.batch().key(text).create()));
        batches.forEach((text, batch) ->
                assertEquals(Optional.of(batch), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, text))));
    }

    @Test
    default void s19_04_source_directories_are_compared_as_they_are(StoreUnderTest store) {
        Map<String, StoredBatch> batches = new LinkedHashMap<>();
        HostileText.ALL.forEach(
                text -> batches.put(text, store.batch().directory(text).create()));
        batches.forEach((text, batch) -> {
            BatchQuery query = BatchQuery.builder()
                    .projectId(PROJECT)
                    .sourceDirectoryId(text)
                    .limit(9)
                    .build();
            assertEquals(List.of(batch), store.spi.list(query).batches());
        });
    }

    @Test
    default void s19_05_what_a_batch_is_created_with_is_kept_as_it_is(StoreUnderTest store) {
        for (String text : HostileText.ALL) {
            BatchRecord batch = store.batch()
                    .scope(new Scope(text, PROJECT))
                    .configuration(text, text)
                    .fingerprint(text)
                    .requestedBy(text)
                    .build();
            store.spi.create(batch);
            StoredBatch found = store.find(StoredBatch.created(batch));
            assertEquals(batch, found.request());
        }
    }

    @Test
    default void s19_06_file_ids_are_kept_as_they_are(StoreUnderTest store) {
        StoredBatch batch = store.running(HostileText.ALL.toArray(String[]::new));
        assertEquals(
                HostileText.ALL,
                store.files(batch).stream().map(FileRecord::fileId).toList());
    }

    @Test
    default void s19_07_a_place_in_the_listing_is_kept_as_it_is(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        for (String text : HostileText.ALL) {
            batch = store.write(batch).listed(false, text).apply();
            assertEquals(text, batch.state().listedTo());
        }
    }

    @Test
    default void s19_08_messages_are_kept_as_they_are(StoreUnderTest store) {
        List<String> texts = HostileText.ALL;
        TestCommit draft = store.write(store.running(numbered("f", texts.size()).toArray(String[]::new)));
        for (int i = 0; i < texts.size(); i++) {
            draft.settle(SettledFile.builder()
                    .ordinal(i)
                    .outcome(FileOutcome.FAILED)
                    .attempts(1)
                    .finishedAt(T0)
                    .durationMillis(1)
                    .message(texts.get(i))
                    .build());
        }
        List<FileRecord> files = store.files(draft.apply());
        for (int i = 0; i < texts.size(); i++) {
            SettledFile settled = files.get(i).settled();
            assertEquals(texts.get(i), settled == null ? null : settled.message());
        }
    }

    @Test
    default void s19_09_reasons_are_kept_as_they_are(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        for (String text : HostileText.ALL) {
            StatusReason reason = StatusReason.of(StatusReason.Code.BACK_PRESSURE, text, T0);
            batch = store.write(batch).reason(reason).apply();
            assertEquals(reason, batch.state().reason());
        }
    }

    @Test
    default void s19_10_job_ids_are_compared_as_they_are(StoreUnderTest store) {
        List<String> texts = HostileText.ALL;
        TestCommit draft = store.write(store.running(numbered("f", texts.size()).toArray(String[]::new)));
        for (int i = 0; i < texts.size(); i++) {
            draft.settle(settled(i, FileOutcome.FAILED, texts.get(i)));
        }
        StoredBatch batch = draft.apply();
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(List.of(store.file(batch, i)), store.byJob(PROJECT, texts.get(i)));
        }
    }

    @Test
    default void s19_11_owner_ids_are_kept_as_they_are(StoreUnderTest store) {
        Map<String, StoredBatch> held = new LinkedHashMap<>();
        for (String text : HostileText.ALL) {
            store.created();
            StoredBatch batch = store.claim(text).get(0).batch();
            assertEquals(text, batch.state().owner());
            held.put(text, batch);
        }
        held.forEach((text, batch) ->
                assertEquals(Set.of(claimRef(batch)), store.renew(text).held()));
    }

    @Test
    default void s19_12_a_wildcard_is_no_wildcard(StoreUnderTest store) {
        store.batch().directory("dir").key("key").create();
        for (String text : List.of("%", "d%", "___", "*", "d*", "dir%", "[d]ir", ".*")) {
            BatchQuery query = BatchQuery.builder()
                    .projectId(PROJECT)
                    .sourceDirectoryId(text)
                    .limit(9)
                    .withTotal(true)
                    .build();
            assertEquals(new BatchPage(List.of(), OptionalLong.of(0)), store.spi.list(query));
            assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, text)));
            assertEquals(List.of(), store.byJob(PROJECT, text));
        }
    }
}
