package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimRef;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static io.batchengine.testkit.StoreUnderTest.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S20: what may be large is kept whole. */
interface StoreSizeRules {
    @Test
    default void s20_01_a_snapshot_of_the_longest_length_is_kept(StoreUnderTest store) {
        for (String letter : List.of("x", "\u20ac")) {
            String text = letter.repeat(ConfigurationSnapshot.MAX_LENGTH);
            StoredBatch batch = store.batch().configuration("cfg", text).create();
            assertTrue(
                    text.equals(store.find(batch).request().configuration().text()),
                    () -> "a snapshot of a million characters " + letter + " is kept");
        }
    }

    @Test
    default void s20_02_directory_and_file_ids_of_the_longest_length_are_kept_apart(StoreUnderTest store) {
        String stem = "\u20ac".repeat(Ids.MAX_FILE_ID_LENGTH - 1);
        StoredBatch one = store.batch().directory(stem + "a").create();
        store.batch().directory(stem + "b").create();
        BatchQuery query = BatchQuery.builder()
                .projectId(PROJECT)
                .sourceDirectoryId(stem + "a")
                .limit(9)
                .withTotal(true)
                .build();
        assertEquals(new BatchPage(List.of(one), OptionalLong.of(1)), store.spi.list(query));
        StoredBatch batch = store.running(stem + "a", stem + "b");
        assertEquals(stem + "b", store.file(batch, 1).fileId());
    }

    @Test
    default void s20_03_a_page_of_2000_long_ids_is_kept(StoreUnderTest store) {
        List<String> ids = numbered("x".repeat(Ids.MAX_FILE_ID_LENGTH - 6), 2_000);
        StoredBatch batch = store.write(store.claimed())
                .status(BatchStatus.RUNNING)
                .page(ids)
                .apply();
        List<FileRecord> files = store.files(batch);
        assertEquals(2_000, files.size());
        for (int i = 0; i < 2_000; i++) {
            assertEquals(ids.get(i), files.get(i).fileId());
        }
    }

    @Test
    default void s20_04_a_commit_of_10000_settled_files_is_applied_whole(StoreUnderTest store) {
        TestCommit draft = store.write(store.claimed()).status(BatchStatus.RUNNING);
        for (int page = 0; page < 5; page++) {
            draft.page(numbered("file-" + page + "-", 2_000));
        }
        for (int i = 0; i < 10_000; i++) {
            draft.settle(i, i % 100 == 0 ? FileOutcome.FAILED : FileOutcome.SUCCEEDED);
        }
        StoredBatch batch = draft.apply();
        assertEquals(
                100,
                store.files(batch, 0, Long.MAX_VALUE, Set.of(FileOutcome.FAILED), 10_000)
                        .size());
        List<FileRecord> files = store.files(batch);
        assertEquals(10_000, files.size());
        files.forEach(file -> assertNotNull(file.settled(), file::fileId));
    }

    @Test
    default void s20_05_long_messages_are_kept_whole(StoreUnderTest store) {
        String message = "\\u202e".repeat(Text.MAX_MESSAGE_LENGTH) + "\u2026";
        StatusReason reason = StatusReason.of(StatusReason.Code.LISTING_FAILED, message, T0);
        StoredBatch batch = store.write(store.running("a"))
                .settle(SettledFile.builder()
                        .outcome(FileOutcome.FAILED)
                        .attempts(1)
                        .finishedAt(T0)
                        .durationMillis(1)
                        .message(message)
                        .build())
                .reason(reason)
                .apply();
        assertEquals(reason, batch.state().reason());
        SettledFile settled = store.file(batch, 0).settled();
        assertEquals(message, settled == null ? null : settled.message());
    }

    @Test
    default void s20_06_a_commit_of_200_batches_is_applied(StoreUnderTest store) {
        for (int i = 0; i < 200; i++) {
            store.created();
        }
        List<Claimed> claimed = store.claim(ENGINE);
        List<BatchCommit> commits = claimed.stream()
                .map(one -> store.write(one.batch())
                        .status(BatchStatus.RUNNING)
                        .page("a", "b")
                        .settle(0, FileOutcome.SUCCEEDED)
                        .build())
                .toList();
        assertEquals(Collections.nCopies(200, Verdict.of(Verdict.Kind.APPLIED, false)), store.spi.commit(commits));
        for (int i = 0; i < 200; i++) {
            StoredBatch batch = claimed.get(i).batch();
            assertEquals(batch.after(commits.get(i)), store.find(batch));
        }
    }

    @Test
    default void s20_07_a_batch_of_25000_files_is_read_page_by_page(StoreUnderTest store) {
        StoredBatch batch = store.moved(store.claimed(), BatchStatus.RUNNING);
        for (int page = 0; page < 10; page++) {
            batch = store.write(batch)
                    .page(numbered("file-" + page + "-", 2_500))
                    .apply();
        }
        long next = 0;
        List<FileRecord> read = store.files(batch, next, Long.MAX_VALUE, Set.of(), 1_000);
        while (!read.isEmpty()) {
            for (FileRecord file : read) {
                assertEquals(next, file.ordinal());
                assertEquals(Text.format("file-%d-%06d", next / 2_500, next % 2_500), file.fileId());
                next++;
            }
            read = store.files(batch, next, Long.MAX_VALUE, Set.of(), 1_000);
        }
        assertEquals(25_000, next);
    }

    @Test
    default void s20_08_a_commit_of_1000_delayed_files_is_applied_whole(StoreUnderTest store) {
        TestCommit draft =
                store.write(store.claimed()).status(BatchStatus.RUNNING).page(numbered("file-", 1_000));
        for (int i = 0; i < 1_000; i++) {
            draft.delay(DelayedFile.waiting(i, 1, i % 2 == 0, T0));
        }
        List<FileRecord> files = store.files(draft.apply());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(DelayedFile.waiting(i, 1, i % 2 == 0, T0), files.get(i).delayed());
        }
    }

    @Test
    default void s20_09_a_claim_may_name_many_types_and_projects(StoreUnderTest store) {
        store.created();
        StoredBatch wanted = store.created(OTHER_PROJECT);
        Set<JobType> types = new HashSet<>(Set.of(TYPE));
        for (int i = 0; i < 2_000; i++) {
            types.add(JobType.of("type_" + i));
        }
        Map<String, Integer> full = new HashMap<>(Map.of(PROJECT, 0));
        Map<String, Integer> free = new HashMap<>(Map.of("free", 1));
        for (int i = 0; i < 40_000; i++) {
            full.put("project-" + i, 0);
            free.put("project-" + i, 1);
        }
        assertEquals(List.of(wanted.id()), claimedIds(store.claim(types, 1, full, 1)));
        StoredBatch named = store.created("free");
        assertEquals(List.of(named.id()), claimedIds(store.claim(types, 0, free, 9)));
    }

    @Test
    default void s20_10_a_renewal_may_give_200_batches_back(StoreUnderTest store) {
        for (int i = 0; i < 200; i++) {
            store.created();
        }
        List<Claimed> claimed = store.claim(ENGINE);
        ClaimRef[] holds = claimed.stream().map(one -> claimRef(one.batch())).toArray(ClaimRef[]::new);
        assertEquals(200, store.renew(ENGINE).held().size());
        assertEquals(Set.of(), store.renew(ENGINE, holds).held());
        assertEquals(200, store.claim("another").size());
    }
}
