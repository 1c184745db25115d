package io.batchengine.testkit.fault;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was told of a batch under one epoch, and so what its next commit may say. Each question answers with what is wrong, or
 * null. Not for use by several threads.
 */
final class HeldBatch {
    private StoredBatch known;
    private final Set<Long> settled = new HashSet<>(); // at and above settledBelow
    private long settledBelow;
    private @Nullable BatchCommit unknown; // a commit that ended with an exception, until it is read back
    private Verdict.@Nullable Kind over; // why nothing more may be written
    private boolean cancelSeen;
    private long commits;
    private boolean released;

    HeldBatch(StoredBatch claimed) {
        this.known = claimed;
        this.settledBelow = claimed.state().settledBelow();
    }

    /**
     * A read has told that a file is settled. Only what is read before the first commit is of an engine before: later reads, on a caller's
     * behalf, may tell what the next engine has settled.
     */
    void readSettled(long ordinal) {
        if (commits == 0) {
            settle(ordinal);
        }
    }

    String projectId() {
        return known.request().scope().projectId();
    }

    /** Whether nobody knows what became of the last commit. */
    boolean isUnknown() {
        return unknown != null;
    }

    void released() {
        released = true;
    }

    void endedUnknown(BatchCommit commit) {
        unknown = commit;
    }

    void answered(BatchCommit commit, Verdict verdict) {
        cancelSeen |= verdict.cancelRequested();
        switch (verdict.kind()) {
            case APPLIED -> applied(commit);
            case CANCEL_REQUESTED -> cancelSeen = true;
            default -> over = verdict.kind();
        }
    }

    /** How many commits there were. */
    long commits() {
        return commits;
    }

    /** What was stored after so many commits, or null where there is nothing. It tells nothing of later ones. */
    void readBack(long after, @Nullable StoredBatch found) {
        BatchCommit commit = unknown;
        if (commit == null || after != commits) {
            return;
        }
        unknown = null;
        if (found == null) {
            over = Verdict.Kind.GONE;
        } else if (!found.claim().equals(commit.claim())) {
            over = Verdict.Kind.STALE_EPOCH;
        } else if (found.state().version() == commit.expectedVersion() + 1) {
            applied(commit);
        } else if (found.state().version() != commit.expectedVersion()) {
            over = Verdict.Kind.VERSION_CONFLICT;
        }
    }

    private void applied(BatchCommit commit) {
        known = known.after(commit);
        commit.settled().forEach(file -> settle(file.ordinal()));
        if (commit.status().isTerminal()) {
            over = Verdict.Kind.TERMINAL;
        }
    }

    private void settle(long ordinal) {
        if (ordinal >= settledBelow) {
            settled.add(ordinal);
            while (settled.remove(settledBelow)) {
                settledBelow++;
            }
        }
    }

    private boolean isSettled(long ordinal) {
        return ordinal < settledBelow || settled.contains(ordinal);
    }

    @Nullable
    String faultOf(BatchCommit commit) {
        commits++;
        String fault = ownershipFault(commit);
        fault = fault != null ? fault : stateFault(commit);
        fault = fault != null ? fault : listingFault(commit);
        fault = fault != null ? fault : settledFault(commit);
        fault = fault != null ? fault : countFault(commit);
        return fault != null ? fault : delayedFault(commit);
    }

    private @Nullable String ownershipFault(BatchCommit commit) {
        if (released) {
            return "it was released";
        }
        if (over != null) {
            return "an earlier commit has ended as " + over;
        }
        if (unknown != null) {
            return "the outcome of the commit before is not read back";
        }
        long version = known.state().version();
        return commit.expectedVersion() == version
                ? null
                : Text.format("version %d is expected where %d was told last", commit.expectedVersion(), version);
    }

    private @Nullable String stateFault(BatchCommit commit) {
        BatchStatus before = known.state().status();
        BatchStatus status = commit.status();
        if (before != status && !before.canMoveTo(status)) {
            return Text.format("%s can't become %s", before, status);
        }
        if (status == BatchStatus.COMPLETED && cancelSeen) {
            return "it says COMPLETED though a cancel request stands";
        }
        if (status == BatchStatus.COMPLETED
                && (!commit.listingEnded()
                        || commit.counts().settled() != commit.counts().listed())) {
            return "it says COMPLETED with listing or files outstanding";
        }
        if (!mayHaveReason(status, commit.reason())) {
            return Text.format("%s with the reason %s", status, commit.reason());
        }
        return commit.crashes() < 0 ? Text.format("%d crashes", commit.crashes()) : null;
    }

    private @Nullable String listingFault(BatchCommit commit) {
        long listed = known.state().counts().listed();
        String lastId = known.state().listedTo();
        for (ListedPage page : commit.pages()) {
            if (known.state().listingEnded()) {
                return "a page behind the recorded end of the listing";
            }
            if (page.firstOrdinal() != listed || page.fileIds().isEmpty()) {
                return Text.format(
                        "a page of %d files from %d where %d were listed",
                        page.fileIds().size(), page.firstOrdinal(), listed);
            }
            for (String id : page.fileIds()) {
                String wrong = Ids.fault(id, Ids.MAX_FILE_ID_LENGTH);
                if (wrong != null || (lastId != null && Ids.compareUtf8(lastId, id) >= 0)) {
                    return Text.format(
                            "the page's id %s is not valid, or not behind %s", Text.quote(id), Text.quote(lastId));
                }
                lastId = id;
            }
            listed += page.fileIds().size();
        }
        if (!Objects.equals(commit.listedTo(), lastId)) {
            return Text.format(
                    "listed to %s where the last recorded id is %s", Text.quote(commit.listedTo()), Text.quote(lastId));
        }
        if (known.state().listingEnded() && !commit.listingEnded()) {
            return "the listing's end is taken back";
        }
        return commit.counts().listed() == listed
                ? null
                : Text.format(
                        "%d files counted as listed where %d are",
                        commit.counts().listed(), listed);
    }

    private @Nullable String settledFault(BatchCommit commit) {
        Set<Long> now = new HashSet<>();
        for (SettledFile file : commit.settled()) {
            long ordinal = file.ordinal();
            if (ordinal < 0 || ordinal >= commit.counts().listed()) {
                return Text.format("file %d is settled and not listed", ordinal);
            }
            if (isSettled(ordinal) || !now.add(ordinal)) {
                return Text.format("file %d is settled again", ordinal);
            }
            String message = file.message();
            if (message != null && (file.outcome() == FileOutcome.SUCCEEDED || message.length() > maxStored())) {
                return Text.format("file %d is %s with the message %s", ordinal, file.outcome(), Text.quote(message));
            }
            String own = file.jobId();
            if (own != null && !own.startsWith(known.request().jobIdPrefix())) {
                return Text.format("file %d has the job id %s", ordinal, Text.quote(own));
            }
        }
        for (long ordinal = settledBelow; ordinal < commit.settledBelow(); ordinal++) {
            if (!isSettled(ordinal) && !now.contains(ordinal)) {
                return Text.format(
                        "all below %d are said to be settled, and %d is not", commit.settledBelow(), ordinal);
            }
        }
        return commit.settledBelow() < known.state().settledBelow() ? "what is settled goes back" : null;
    }

    /** Escapes can make a message longer than what was looked at of it. */
    private static int maxStored() {
        return 6 * Text.MAX_MESSAGE_LENGTH + 1;
    }

    private @Nullable String countFault(BatchCommit commit) {
        FileCounts before = known.state().counts();
        FileCounts counts = commit.counts();
        FileCounts rows = FileCounts.builder()
                .listed(counts.listed() - before.listed())
                .duplicates(counts.duplicates() - before.duplicates())
                .mappingErrors(count(commit.settled(), FileOutcome.MAPPING_ERROR))
                .succeeded(count(commit.settled(), FileOutcome.SUCCEEDED))
                .failed(count(commit.settled(), FileOutcome.FAILED))
                .cancelled(count(commit.settled(), FileOutcome.CANCELLED))
                .build();
        if (rows.duplicates() < 0 || !before.plus(rows).equals(counts)) {
            return Text.format("%s does not follow from %s and the rows sent", counts, before);
        }
        return counts.settled() > counts.listed() ? "more files are settled than listed" : null;
    }

    private static long count(List<SettledFile> files, FileOutcome outcome) {
        long count = 0;
        for (SettledFile file : files) {
            count += file.outcome() == outcome ? 1 : 0;
        }
        return count;
    }

    private @Nullable String delayedFault(BatchCommit commit) {
        for (DelayedFile file : commit.delayed()) {
            long ordinal = file.ordinal();
            if (ordinal < 0 || ordinal >= commit.counts().listed() || file.attempts() < 0 || file.crashes() < 0) {
                return Text.format("%s is delayed and not listed, or counts below nothing", file);
            }
            if (file.mapped() && file.attempts() == 0) {
                return Text.format("file %d is delayed with a job of no attempt", ordinal);
            }
            if (isSettled(ordinal)) {
                return Text.format("file %d is delayed and settled", ordinal);
            }
        }
        return null;
    }

    /** A batch whose rows are damaged keeps its status, with that as its reason, until it is cancelled. */
    private static boolean mayHaveReason(BatchStatus status, @Nullable StatusReason reason) {
        if (reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT) {
            return status != BatchStatus.COMPLETED;
        }
        return (reason != null) == (status == BatchStatus.THROTTLED || status == BatchStatus.FAILED);
    }
}
