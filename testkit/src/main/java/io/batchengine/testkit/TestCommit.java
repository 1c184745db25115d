package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A commit of a batch as its writer saw it last: the same state, until a rule says otherwise; the counters follow the files. */
final class TestCommit {
    private final StoreUnderTest store;
    private final StoredBatch seen;
    private long epoch;
    private long claimToken;
    private long version;
    private Instant at;
    private BatchStatus status;
    private @Nullable StatusReason reason;
    private FileCounts counts;
    private boolean listingEnded;
    private @Nullable String listedTo;
    private long settledBelow;
    private int crashes;
    private final List<ListedPage> pages = new ArrayList<>();
    private final List<SettledFile> settled = new ArrayList<>();
    private final List<DelayedFile> delayed = new ArrayList<>();

    TestCommit(StoreUnderTest store, StoredBatch seen) {
        BatchState state = seen.state();
        this.store = store;
        this.seen = seen;
        epoch = state.epoch();
        claimToken = state.claimToken();
        version = state.version();
        at = store.now();
        status = state.status();
        reason = state.reason();
        counts = state.counts();
        listingEnded = state.listingEnded();
        listedTo = state.listedTo();
        settledBelow = state.settledBelow();
        crashes = state.crashes();
    }

    TestCommit epoch(long value) {
        epoch = value;
        return this;
    }

    TestCommit claimToken(long value) {
        claimToken = value;
        return this;
    }

    TestCommit version(long value) {
        version = value;
        return this;
    }

    TestCommit at(Instant value) {
        at = value;
        return this;
    }

    TestCommit status(BatchStatus value) {
        status = value;
        return this;
    }

    TestCommit reason(@Nullable StatusReason value) {
        reason = value;
        return this;
    }

    TestCommit counts(FileCounts value) {
        counts = value;
        return this;
    }

    TestCommit listed(boolean ended, @Nullable String to) {
        listingEnded = ended;
        listedTo = to;
        return this;
    }

    TestCommit settledBelow(long value) {
        settledBelow = value;
        return this;
    }

    TestCommit crashes(int value) {
        crashes = value;
        return this;
    }

    /** The next page of the listing. */
    TestCommit page(String... fileIds) {
        return page(List.of(fileIds));
    }

    TestCommit page(List<String> fileIds) {
        long first = counts.listed();
        counts = counts.plus(FileCounts.builder().listed(fileIds.size()).build());
        listedTo = fileIds.get(fileIds.size() - 1);
        return pageAt(first, fileIds);
    }

    /** A page wherever, with nothing else following it. */
    TestCommit pageAt(long firstOrdinal, List<String> fileIds) {
        pages.add(new ListedPage(firstOrdinal, fileIds));
        return this;
    }

    /** A file that ends now for the first time. */
    TestCommit settle(long ordinal, FileOutcome outcome) {
        return settle(StoreUnderTest.settled(ordinal, outcome));
    }

    TestCommit settle(SettledFile file) {
        counts = counts.plus(
                switch (file.outcome()) {
                    case SUCCEEDED -> FileCounts.builder().succeeded(1).build();
                    case FAILED -> FileCounts.builder().failed(1).build();
                    case CANCELLED -> FileCounts.builder().cancelled(1).build();
                    case MAPPING_ERROR -> FileCounts.builder().mappingErrors(1).build();
                });
        return settleAgain(file);
    }

    /** A file that is in the counters already. */
    TestCommit settleAgain(SettledFile file) {
        settled.add(file);
        return this;
    }

    TestCommit delay(DelayedFile file) {
        delayed.add(file);
        return this;
    }

    BatchCommit build() {
        return BatchCommit.builder()
                .claim(new ClaimRef(seen.id(), epoch, claimToken))
                .expectedVersion(version)
                .at(at)
                .status(status)
                .reason(reason)
                .counts(counts)
                .listingEnded(listingEnded)
                .listedTo(listedTo)
                .settledBelow(settledBelow)
                .crashes(crashes)
                .pages(List.copyOf(pages))
                .settled(List.copyOf(settled))
                .delayed(List.copyOf(delayed))
                .build();
    }

    /** What the store answers. */
    Verdict verdict() {
        return store.commit(build());
    }

    /** What the store answers, without the cancel request. */
    Verdict.Kind kind() {
        return verdict().kind();
    }

    /** The batch after this commit, which must be applied. */
    StoredBatch apply() {
        assertEquals(
                Verdict.Kind.APPLIED, kind(), "the verdict on a commit of the owner that moves a batch to " + status);
        return store.find(seen);
    }
}
