package io.batchengine.testkit.invariant;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has happened to one batch, gathered from the writes themselves. */
final class BatchHistory {
    record Change(BatchStatus status, Instant at) {}

    /** What has happened to one file's job. */
    static final class Starts {
        int count;
        int notNow;
        int succeeded;
        final Set<Long> epochs = new TreeSet<>();
    }

    final BatchRecord request;
    final List<Change> changes = new ArrayList<>();
    final List<String> fileIds = new ArrayList<>(); // by ordinal
    final Map<Long, SettledFile> settled = new TreeMap<>();
    final Map<Long, Starts> starts = new HashMap<>();
    final Set<Long> begun = new HashSet<>(); // ordinals that were asked for, or are settled
    final Map<Long, SimulatedProcess> owners = new HashMap<>(); // by epoch
    StoredBatch now;
    FileCounts counts = FileCounts.ZERO; // by the rows, except for duplicates
    long epoch;
    boolean deleted;
    boolean lostOwner;
    boolean stalled; // the store has told rows of it by which nobody gets on
    boolean setBack; // the store was set back to an earlier state of it, or to none
    private long settledBelow; // or more

    @Nullable
    SimulatedProcess endedBy;

    BatchHistory(StoredBatch created) {
        this.request = created.request();
        this.now = created;
        changes.add(new Change(created.state().status(), created.state().updatedAt()));
    }

    String id() {
        return request.id();
    }

    boolean hasEnded() {
        return now.state().status().isTerminal();
    }

    /**
     * Whether rows of it are damaged: nobody works on it then, and it keeps its status, until it is cancelled. An engine gives it up before
     * that is written.
     */
    boolean isDamaged() {
        StatusReason reason = now.state().reason();
        return stalled || (reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT);
    }

    Starts starts(long ordinal) {
        return starts.computeIfAbsent(ordinal, any -> new Starts());
    }

    /** A commit was applied. */
    void applied(BatchCommit commit, StoredBatch after, SimulatedProcess by) {
        commit.pages().forEach(page -> fileIds.addAll(page.fileIds()));
        Map<FileOutcome, Long> outcomes = new EnumMap<>(FileOutcome.class);
        for (SettledFile file : commit.settled()) {
            settled.putIfAbsent(file.ordinal(), file);
            begun.add(file.ordinal());
            outcomes.merge(file.outcome(), 1L, Long::sum);
        }
        counts = FileCounts.builder()
                .listed(fileIds.size())
                .duplicates(commit.counts().duplicates())
                .mappingErrors(counts.mappingErrors() + outcomes.getOrDefault(FileOutcome.MAPPING_ERROR, 0L))
                .succeeded(counts.succeeded() + outcomes.getOrDefault(FileOutcome.SUCCEEDED, 0L))
                .failed(counts.failed() + outcomes.getOrDefault(FileOutcome.FAILED, 0L))
                .cancelled(counts.cancelled() + outcomes.getOrDefault(FileOutcome.CANCELLED, 0L))
                .build();
        written(after);
        if (hasEnded()) {
            endedBy = by;
        }
    }

    /** The store was set back: this is what it has of the batch now. */
    void setBack(StoredBatch stored, List<FileRecord> files) {
        setBack = true;
        deleted = false;
        endedBy = null;
        now = stored;
        epoch = stored.state().epoch();
        changes.add(new Change(stored.state().status(), stored.state().updatedAt()));
        counts = stored.state().counts();
        settledBelow = 0;
        fileIds.clear();
        settled.clear();
        for (FileRecord file : files) {
            fileIds.add(file.fileId());
            if (file.settled() != null) {
                settled.put(file.ordinal(), file.settled());
            }
        }
    }

    void written(StoredBatch after) {
        if (after.state().status() != now.state().status()) {
            changes.add(new Change(after.state().status(), after.state().updatedAt()));
        }
        now = after;
    }

    String projectId() {
        return request.scope().projectId();
    }

    JobType type() {
        return request.config().job().type();
    }

    /** Whether a file is recorded for which no job was ever asked. */
    boolean hasFresh() {
        return begun.size() < fileIds.size();
    }

    /** The engine that holds it, or did last. */
    @Nullable
    SimulatedProcess owner() {
        return owners.get(epoch);
    }

    /** Whether all below an ordinal are settled. */
    boolean isSettledBelow(long below) {
        while (settled.containsKey(settledBelow)) {
            settledBelow++;
        }
        return below <= settledBelow;
    }

    String fileId(long ordinal) {
        return ordinal < fileIds.size() ? fileIds.get((int) ordinal) : "file " + ordinal + ", unlisted";
    }

    boolean wasWritten(BatchStatus status, Instant at) {
        for (Change change : changes) {
            if (change.status == status && Objects.equals(change.at, at)) {
                return true;
            }
        }
        return false;
    }
}
