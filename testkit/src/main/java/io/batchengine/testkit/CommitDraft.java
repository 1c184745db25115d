package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A commit of a batch as its writer saw it last: the same state, until a rule says otherwise; the counters follow the files. */
final class CommitDraft {
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
    private int deaths;
    private final List<ListedPage> pages = new ArrayList<>();
    private final List<SettledFile> settled = new ArrayList<>();
    private final List<ParkedFile> parked = new ArrayList<>();

    CommitDraft(StoreUnderTest store, StoredBatch seen) {
        StoredBatch.State state = seen.state();
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
        deaths = state.deaths();
    }

    CommitDraft epoch(long value) {
        epoch = value;
        return this;
    }

    CommitDraft claimToken(long value) {
        claimToken = value;
        return this;
    }

    CommitDraft version(long value) {
        version = value;
        return this;
    }

    CommitDraft at(Instant value) {
        at = value;
        return this;
    }

    CommitDraft status(BatchStatus value) {
        status = value;
        return this;
    }

    CommitDraft reason(@Nullable StatusReason value) {
        reason = value;
        return this;
    }

    CommitDraft counts(FileCounts value) {
        counts = value;
        return this;
    }

    CommitDraft listed(boolean ended, @Nullable String to) {
        listingEnded = ended;
        listedTo = to;
        return this;
    }

    CommitDraft settledBelow(long value) {
        settledBelow = value;
        return this;
    }

    CommitDraft deaths(int value) {
        deaths = value;
        return this;
    }

    /** The next page of the listing. */
    CommitDraft page(String... fileIds) {
        return page(List.of(fileIds));
    }

    CommitDraft page(List<String> fileIds) {
        long first = counts.listed();
        counts = counts.plus(new FileCounts(fileIds.size(), 0, 0, 0, 0, 0));
        listedTo = fileIds.get(fileIds.size() - 1);
        return pageAt(first, fileIds);
    }

    /** A page wherever, with nothing else following it. */
    CommitDraft pageAt(long firstOrdinal, List<String> fileIds) {
        pages.add(new ListedPage(firstOrdinal, fileIds));
        return this;
    }

    /** A file that ends now for the first time. */
    CommitDraft settle(long ordinal, FileOutcome outcome) {
        return settle(StoreUnderTest.settled(ordinal, outcome));
    }

    CommitDraft settle(SettledFile file) {
        counts = counts.plus(
                switch (file.outcome()) {
                    case SUCCEEDED -> new FileCounts(0, 0, 0, 1, 0, 0);
                    case FAILED -> new FileCounts(0, 0, 0, 0, 1, 0);
                    case CANCELLED -> new FileCounts(0, 0, 0, 0, 0, 1);
                    case MAPPING_ERROR -> new FileCounts(0, 0, 1, 0, 0, 0);
                });
        return settleAgain(file);
    }

    /** A file that is in the counters already. */
    CommitDraft settleAgain(SettledFile file) {
        settled.add(file);
        return this;
    }

    CommitDraft park(ParkedFile file) {
        parked.add(file);
        return this;
    }

    BatchCommit build() {
        return new BatchCommit(
                seen.id(),
                epoch,
                claimToken,
                version,
                at,
                status,
                reason,
                counts,
                listingEnded,
                listedTo,
                settledBelow,
                deaths,
                List.copyOf(pages),
                List.copyOf(settled),
                List.copyOf(parked));
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
