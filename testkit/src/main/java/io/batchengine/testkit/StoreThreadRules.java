package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static io.batchengine.testkit.StoreUnderTest.claimRef;
import static io.batchengine.testkit.StoreUnderTest.claimedIds;
import static io.batchengine.testkit.StoreUnderTest.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** S21: calls of several threads at once have one order in which they might have come. */
interface StoreThreadRules {
    @Test
    default void s21_01_no_batch_is_given_to_two_claimers(StoreUnderTest store) throws Exception {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            created.add(store.created().id());
        }
        Instant at = store.now();
        List<Callable<List<String>>> claimers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String owner = "engine-" + i;
            claimers.add(() -> {
                List<String> mine = new ArrayList<>();
                List<Claimed> claimed;
                do {
                    claimed = store.spi.claim(ClaimRequest.builder()
                            .owner(owner)
                            .claimToken(store.newToken())
                            .lease(LONG)
                            .types(Set.of(TYPE))
                            .limit(3)
                            .at(at)
                            .build());
                    claimed.forEach(one -> assertEquals(1, one.batch().state().epoch()));
                    mine.addAll(claimedIds(claimed));
                } while (!claimed.isEmpty());
                assertEquals(
                        new HashSet<>(mine),
                        store.renew(owner).held().stream()
                                .map(ClaimRef::batchId)
                                .collect(Collectors.toSet()));
                return mine;
            });
        }
        List<String> all = new ArrayList<>();
        Race.of(claimers).forEach(all::addAll);
        all.addAll(claimedIds(store.claim("last")));
        Collections.sort(all);
        Collections.sort(created);
        assertEquals(created, all);
    }

    @Test
    default void s21_02_creators_with_one_key_get_one_batch(StoreUnderTest store) throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "key-" + round;
            List<Callable<CreateResult>> creators = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                BatchRecord batch = store.batch().key(key).build();
                creators.add(() -> store.spi.create(batch));
            }
            List<CreateResult> answers = Race.of(creators);
            StoredBatch stored =
                    store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, key)).orElseThrow();
            assertEquals(1, Collections.frequency(answers, new CreateResult.Created(stored)), answers::toString);
            assertEquals(3, Collections.frequency(answers, new CreateResult.Existing(stored)), answers::toString);
        }
        assertEquals(10, store.list().batches().size());
    }

    @Test
    default void s21_03_of_commits_that_expect_one_version_one_is_applied(StoreUnderTest store) throws Exception {
        for (int round = 0; round < 10; round++) {
            StoredBatch batch = store.claimed();
            List<Callable<Verdict.Kind>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                BatchCommit commit = store.write(batch)
                        .status(BatchStatus.RUNNING)
                        .page("file-of-" + i)
                        .build();
                writers.add(() -> store.commit(commit).kind());
            }
            List<Verdict.Kind> verdicts = Race.of(writers);
            assertEquals(1, Collections.frequency(verdicts, Verdict.Kind.APPLIED), verdicts::toString);
            assertEquals(3, Collections.frequency(verdicts, Verdict.Kind.VERSION_CONFLICT), verdicts::toString);
            assertEquals(
                    "file-of-" + verdicts.indexOf(Verdict.Kind.APPLIED),
                    store.file(batch, 0).fileId());
            assertEquals(1, store.files(batch).size());
        }
    }

    @Test
    default void s21_04_a_batch_completes_or_is_to_be_cancelled_and_never_both(StoreUnderTest store) throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredBatch batch = store.running("a");
            BatchCommit commit =
                    store.write(batch).status(BatchStatus.COMPLETED).build();
            List<Object> answers = Race.of(List.of(
                    () -> store.commit(commit).kind(), () -> store.cancel(batch).kind()));
            boolean completed = answers.get(0) == Verdict.Kind.APPLIED;
            assertEquals(
                    completed
                            ? List.of(Verdict.Kind.APPLIED, CancelReply.Kind.ALREADY_TERMINAL)
                            : List.of(Verdict.Kind.CANCEL_REQUESTED, CancelReply.Kind.REQUESTED),
                    answers);
            assertEquals(!completed, store.find(batch).state().cancelRequested());
        }
    }

    @Test
    default void s21_05_a_cancel_request_is_not_lost_beside_commits_claims_and_releases(StoreUnderTest store)
            throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredBatch batch = store.running("a");
            Race.<Object>of(List.of(
                    () -> {
                        StoredBatch seen = batch;
                        for (int i = 0; i < 5; i++) {
                            seen = store.write(seen).apply();
                        }
                        return store.renew(ENGINE, claimRef(seen));
                    },
                    () -> store.cancel(batch),
                    () -> store.renew(ENGINE)));
            StoredBatch now = store.find(batch);
            assertTrue(now.state().cancelRequested(), () -> "the request stands: " + now);
            assertEquals(batch.state().version() + 5, now.state().version());
        }
    }

    @Test
    default void s21_06_a_late_renewal_and_a_claim_leave_one_owner(StoreUnderTest store) throws Exception {
        for (int round = 0; round < 3; round++) {
            String zombie = "zombie-" + round;
            String heir = "heir-" + round;
            StoredBatch before = store.claimedBriefly(zombie);
            store.lapse();
            Instant at = store.now();
            JobType type = before.request().config().job().type();
            List<Object> answers = Race.of(List.of(
                    () -> store.spi.claim(ClaimRequest.builder()
                            .owner(heir)
                            .claimToken(store.newToken())
                            .lease(LONG)
                            .types(Set.of(type))
                            .limit(9)
                            .at(at)
                            .build()),
                    () -> store.renew(zombie)));
            StoredBatch now = store.find(before);
            boolean taken = !answers.get(0).equals(List.of());
            assertEquals(taken ? heir : zombie, now.state().owner());
            assertEquals(
                    taken ? Set.of() : Set.of(claimRef(before)),
                    store.renew(zombie).held());
            assertEquals(
                    taken ? Set.of(claimRef(now)) : Set.of(), store.renew(heir).held());
            assertEquals(
                    taken ? Verdict.Kind.STALE_EPOCH : Verdict.Kind.APPLIED,
                    store.write(before).status(BatchStatus.FAILED).kind());
            if (taken) {
                store.moved(now, BatchStatus.FAILED);
            }
        }
    }

    @Test
    default void s21_07_readers_see_a_commit_whole_or_not_at_all(StoreUnderTest store) throws Exception {
        StoredBatch batch = store.running(numbered("file-", 400).toArray(String[]::new));
        AtomicBoolean written = new AtomicBoolean();
        Callable<Void> writer = () -> {
            try {
                StoredBatch seen = batch;
                for (int i = 0; i < 400; i += 20) {
                    TestCommit draft = store.write(seen);
                    for (int file = i; file < i + 20; file++) {
                        draft.settle(file, FileOutcome.SUCCEEDED);
                    }
                    seen = draft.apply();
                }
            } finally {
                written.set(true);
            }
            return null;
        };
        Callable<Void> reader = () -> {
            boolean last;
            do {
                last = written.get();
                long countedBefore = store.find(batch).state().counts().settled();
                long read = store.files(batch, 0, Long.MAX_VALUE, Set.of(FileOutcome.SUCCEEDED), 1_000)
                        .size();
                long countedAfter = store.find(batch).state().counts().settled();
                assertTrue(countedBefore <= read, () -> countedBefore + " counted, then " + read + " read");
                assertTrue(read <= countedAfter, () -> read + " read, then " + countedAfter + " counted");
                assertEquals(0, read % 20, "files of a commit of 20 that are seen");
            } while (!last);
            return null;
        };
        Race.of(List.of(writer, reader, reader));
    }

    @Test
    default void s21_08_a_batch_is_deleted_or_retried_and_never_both(StoreUnderTest store) throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredBatch origin = store.inStatus(BatchStatus.FAILED);
            BatchRecord retry = store.batch().retryOf(origin).build();
            List<Object> answers = Race.of(List.of(() -> store.spi.create(retry), () -> store.delete(origin)));
            boolean deleted = answers.get(0) instanceof CreateResult.OriginMissing;
            assertEquals(
                    deleted ? DeleteReply.Kind.DELETED : DeleteReply.Kind.IN_USE,
                    ((DeleteReply) answers.get(1)).kind(),
                    answers::toString);
            assertEquals(deleted, store.look(origin).isEmpty());
        }
    }

    @Test
    default void s21_09_owners_write_their_batches_beside_one_another(StoreUnderTest store) throws Exception {
        List<Callable<StoredBatch>> owners = new ArrayList<>();
        for (int owner = 0; owner < 4; owner++) {
            StoredBatch batch = store.running(numbered("file-", 50).toArray(String[]::new));
            owners.add(() -> {
                StoredBatch seen = batch;
                for (int i = 0; i < 50; i++) {
                    seen = store.write(seen).settle(i, FileOutcome.SUCCEEDED).apply();
                }
                return seen;
            });
        }
        for (StoredBatch batch : Race.of(owners)) {
            assertEquals(batch, store.find(batch));
            assertEquals(
                    50,
                    store.files(batch, 0, 50, Set.of(FileOutcome.SUCCEEDED), 50).size());
        }
    }
}
