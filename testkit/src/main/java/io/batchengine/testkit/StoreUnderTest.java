package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** The store that a rule is tried on, and what rules do with it again and again. */
final class StoreUnderTest {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00.000001Z");
    static final String PROJECT = "prj-a";
    static final String OTHER_PROJECT = "prj-b";
    static final JobType TYPE = JobType.of("test_v1");
    static final JobType OTHER_TYPE = JobType.of("other_v1");
    static final String ENGINE = "engine-a";
    static final Duration LONG = Duration.ofMinutes(10);
    private static final JobType HELD_TYPE = JobType.of("held_v1"); // lets a rule claim one batch and leave the others

    /** The store, for what has no short form here. */
    BatchStore spi;

    private final BatchStoreContract contract;
    private final Deque<BatchStore> open = new ArrayDeque<>();
    private final Random random = new Random(20260101);
    private Instant now = T0;

    StoreUnderTest(BatchStoreContract contract) throws Exception {
        this.contract = contract;
        this.spi = opened(contract.openStore(contract.nanos::get));
    }

    private BatchStore opened(BatchStore store) {
        open.push(store);
        return store;
    }

    /** Another store, empty too. */
    BatchStore openAnother() throws Exception {
        return opened(contract.openStore(contract.nanos::get));
    }

    /** Closes the store and goes on with one on the same data; aborts the rule where there can be none. */
    void reopen() throws Exception {
        spi.close();
        spi = opened(contract.reopenStore(contract.nanos::get).orElseGet(StoreUnderTest::lacksReopening));
    }

    /** A second store on the same data; aborts the rule where there can be none. */
    BatchStore second() throws Exception {
        return opened(contract.openSecondStore(contract.nanos::get).orElseGet(StoreUnderTest::lacksSharing));
    }

    private static BatchStore lacksReopening() {
        return Assumptions.abort("declared: this store keeps nothing, since reopenStore is not overridden");
    }

    private static BatchStore lacksSharing() {
        return Assumptions.abort("declared: engines can't share this store, since openSecondStore is not overridden");
    }

    List<String> openHandles() throws Exception {
        return contract.openHandles();
    }

    void closeAll() {
        RuntimeException first = null;
        for (BatchStore store : open) {
            try {
                store.close();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** A clock of its own: each look at it is a millisecond later. */
    synchronized Instant now() {
        now = now.plusMillis(1);
        return now;
    }

    String newId() {
        return Ids.newBatchId(T0.toEpochMilli(), random);
    }

    /** A claim token that no other claim has. */
    long newToken() {
        return random.nextLong();
    }

    BatchDraft batch() {
        return new BatchDraft(spi, newId(), now());
    }

    StoredBatch created() {
        return batch().create();
    }

    StoredBatch created(String project) {
        return batch().project(project).create();
    }

    /** A batch that {@link #ENGINE} holds for long; no other batch is claimed by the way. */
    StoredBatch claimed() {
        return claimed(batch());
    }

    StoredBatch claimed(BatchDraft draft) {
        return claimed(draft, ENGINE, LONG);
    }

    /** A batch that an engine holds for {@link #shortLease}. */
    StoredBatch claimedBriefly(String owner) {
        return claimed(batch(), owner, shortLease());
    }

    private StoredBatch claimed(BatchDraft draft, String owner, Duration lease) {
        StoredBatch created = draft.type(HELD_TYPE).create();
        List<Claimed> claimed = spi.claim(ClaimRequest.builder()
                .owner(owner)
                .claimToken(newToken())
                .lease(lease)
                .types(Set.of(HELD_TYPE))
                .limit(1_000)
                .at(now())
                .build());
        return claimed.stream()
                .map(Claimed::batch)
                .filter(batch -> batch.id().equals(created.id()))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("a claim did not give the batch that was just created: " + claimed));
    }

    /** A batch that is held, runs, and has one page. */
    StoredBatch running(String... fileIds) {
        return write(claimed()).status(BatchStatus.RUNNING).page(fileIds).apply();
    }

    /** A batch that is held, and has got to a status by legal moves. */
    StoredBatch inStatus(BatchStatus status) {
        return moved(claimed(), status);
    }

    StoredBatch ended(String project, BatchStatus status) {
        return moved(claimed(batch().project(project)), status);
    }

    StoredBatch moved(StoredBatch batch, BatchStatus status) {
        StoredBatch from = status == BatchStatus.COMPLETED && batch.state().status() != BatchStatus.RUNNING
                ? write(batch).status(BatchStatus.RUNNING).apply()
                : batch;
        return from.state().status() == status
                ? from
                : write(from).status(status).apply();
    }

    TestCommit write(StoredBatch seen) {
        return new TestCommit(this, seen);
    }

    Verdict commit(BatchCommit commit) {
        List<Verdict> verdicts = spi.commit(List.of(commit));
        assertEquals(1, verdicts.size(), "verdicts for one commit");
        return verdicts.get(0);
    }

    static SettledFile settled(long ordinal, FileOutcome outcome) {
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(outcome)
                .attempts(1)
                .finishedAt(T0.plusSeconds(1))
                .durationMillis(5)
                .build();
    }

    static SettledFile settled(long ordinal, FileOutcome outcome, String jobId) {
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(outcome)
                .attempts(1)
                .finishedAt(T0.plusSeconds(1))
                .durationMillis(5)
                .jobId(jobId)
                .build();
    }

    List<Claimed> claim(String owner) {
        return claim(owner, LONG);
    }

    /** Claims all that there is, of both types and of what {@link #claimed} made. */
    List<Claimed> claim(String owner, Duration lease) {
        return spi.claim(ClaimRequest.builder()
                .owner(owner)
                .claimToken(newToken())
                .lease(lease)
                .types(Set.of(TYPE, OTHER_TYPE, HELD_TYPE))
                .limit(1_000)
                .at(now())
                .build());
    }

    List<Claimed> claim(Set<JobType> types, int limit) {
        return spi.claim(ClaimRequest.builder()
                .owner(ENGINE)
                .claimToken(newToken())
                .lease(LONG)
                .types(types)
                .limit(limit)
                .at(now())
                .build());
    }

    List<Claimed> claim(Set<JobType> types, int limitPerProject, Map<String, Integer> projectLimits, int limit) {
        return spi.claim(ClaimRequest.builder()
                .owner(ENGINE)
                .claimToken(newToken())
                .lease(LONG)
                .types(types)
                .limitPerProject(limitPerProject)
                .projectLimits(projectLimits)
                .limit(limit)
                .at(now())
                .build());
    }

    /** Claims batches of {@link #TYPE}, and of what {@link #claimed} made, that are pending and were created at a time or before. */
    List<Claimed> claimPending(Instant since, int limitPerProject, Map<String, Integer> projectLimits) {
        return claimPending(since, limitPerProject, projectLimits, 99);
    }

    List<Claimed> claimPending(Instant since, int limitPerProject, Map<String, Integer> projectLimits, int limit) {
        return spi.claim(ClaimRequest.builder()
                .owner(ENGINE)
                .claimToken(newToken())
                .lease(LONG)
                .types(Set.of(TYPE, HELD_TYPE))
                .limitPerProject(limitPerProject)
                .projectLimits(projectLimits)
                .limit(limit)
                .pendingSince(since)
                .at(now())
                .build());
    }

    Renewal renew(String owner, ClaimRef... releases) {
        return spi.renew(RenewRequest.of(owner, LONG, List.of(releases)));
    }

    /** Gives a batch back, and tells how it is then. */
    StoredBatch release(StoredBatch batch) {
        renew(String.valueOf(batch.state().owner()), claimRef(batch));
        return find(batch);
    }

    CancelReply cancel(StoredBatch batch) {
        return spi.requestCancel(key(batch));
    }

    static ClaimRef claimRef(StoredBatch batch) {
        return batch.claim();
    }

    static BatchKey key(StoredBatch batch) {
        return new BatchKey.ById(project(batch), batch.id());
    }

    static String project(StoredBatch batch) {
        return batch.request().scope().projectId();
    }

    Optional<StoredBatch> look(StoredBatch batch) {
        return spi.find(key(batch));
    }

    /** The batch as it is now. */
    StoredBatch find(StoredBatch batch) {
        return look(batch).orElseThrow(() -> new AssertionError("batch is not found: " + batch));
    }

    BatchPage list() {
        return spi.list(BatchQuery.builder().projectId(PROJECT).limit(1_000).build());
    }

    static List<String> ids(List<StoredBatch> batches) {
        return batches.stream().map(StoredBatch::id).toList();
    }

    static List<String> claimedIds(List<Claimed> claimed) {
        return claimed.stream().map(one -> one.batch().id()).toList();
    }

    /** All files of a batch, read in one go. */
    List<FileRecord> files(StoredBatch batch) {
        return files(batch, 0, Long.MAX_VALUE, Set.of(), 1_000_000);
    }

    List<FileRecord> files(StoredBatch batch, long from, long below, Set<FileOutcome> outcomes, int limit) {
        return spi.files(FileQuery.InBatch.of(batch.id(), from, below, outcomes, limit));
    }

    FileRecord file(StoredBatch batch, long ordinal) {
        List<FileRecord> found = files(batch, ordinal, ordinal + 1, Set.of(), 2);
        assertEquals(1, found.size(), "files read for ordinal " + ordinal);
        return found.get(0);
    }

    List<FileRecord> byJob(String project, String jobId) {
        return spi.files(new FileQuery.ByJob(project, jobId));
    }

    DeleteReply delete(StoredBatch batch) {
        return deleteAll(new DeleteRequest.OneBatch(project(batch), batch.id()), 1_000);
    }

    /** Calls until there is no more, as an engine does; the count is of all calls. */
    DeleteReply deleteAll(DeleteRequest request, int slice) {
        long batches = 0;
        for (int call = 0; call < 10_000; call++) {
            DeleteReply reply = spi.delete(request, slice);
            batches += reply.batches();
            if (reply.kind() != DeleteReply.Kind.MORE) {
                return DeleteReply.of(reply.kind(), batches);
            }
        }
        throw new AssertionError("after 10,000 calls there is still more to delete of " + request);
    }

    Duration shortLease() {
        return contract.shortLease();
    }

    /** Lets {@link #shortLease} pass. */
    void lapse() throws Exception {
        contract.advanceLease(shortLease().plusNanos(1));
    }

    static List<String> numbered(String prefix, int count) {
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(Text.format("%s%06d", prefix, i));
        }
        return ids;
    }
}
