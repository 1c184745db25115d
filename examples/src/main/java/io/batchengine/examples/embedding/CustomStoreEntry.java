package io.batchengine.examples.embedding;

import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of one batch: a row of a table of batches, and its rows in tables of files. */
final class CustomStoreEntry {
    StoredBatch batch;
    final List<String> fileIds = new ArrayList<>(); // by ordinal
    final Map<Long, SettledFile> settled = new HashMap<>();
    final Map<Long, DelayedFile> delayed = new HashMap<>();
    final Map<String, Long> ownJobIds = new HashMap<>();

    CustomStoreEntry(StoredBatch batch) {
        this.batch = batch;
    }

    String projectId() {
        return batch.request().scope().projectId();
    }

    Instant claimOrder() {
        return batch.request().claimOrder();
    }

    boolean isToBeCancelled() {
        return batch.state().cancelRequested();
    }

    boolean isTerminal() {
        return batch.state().status().isTerminal();
    }

    BatchQuery.Position position() {
        return new BatchQuery.Position(batch.request().createdAt(), batch.id());
    }

    FileRecord file(long ordinal) {
        return FileRecord.of(
                batch.id(), ordinal, fileIds.get((int) ordinal), settled.get(ordinal), delayed.get(ordinal));
    }

    /** Refuses a commit whose pages do not follow the recorded ones, or that tells of a file of no page. */
    void check(BatchCommit commit) {
        long end = fileIds.size();
        for (ListedPage page : commit.pages()) {
            require(page.firstOrdinal() == end, commit, page.firstOrdinal());
            end += page.fileIds().size();
        }
        for (SettledFile file : commit.settled()) {
            require(file.ordinal() >= 0 && file.ordinal() < end, commit, file.ordinal());
        }
        for (DelayedFile file : commit.delayed()) {
            require(file.ordinal() >= 0 && file.ordinal() < end, commit, file.ordinal());
        }
    }

    private static void require(boolean fits, BatchCommit commit, long ordinal) {
        if (!fits) {
            throw new IllegalArgumentException(
                    Text.format("ordinal %d does not fit the pages of batch %s", ordinal, commit.batchId()));
        }
    }

    /** Writes all of a commit that was judged and checked. */
    void apply(BatchCommit commit) {
        batch = batch.after(commit);
        commit.pages().forEach(page -> fileIds.addAll(page.fileIds()));
        for (SettledFile file : commit.settled()) {
            boolean first = settled.putIfAbsent(file.ordinal(), file) == null;
            delayed.remove(file.ordinal());
            if (first && file.jobId() != null) {
                ownJobIds.put(file.jobId(), file.ordinal());
            }
        }
        for (DelayedFile file : commit.delayed()) {
            if (!settled.containsKey(file.ordinal())) {
                delayed.put(file.ordinal(), file);
            }
        }
    }

    List<FileRecord> files(FileQuery.InBatch query) {
        List<FileRecord> found = new ArrayList<>();
        long below = Math.min(query.below(), fileIds.size());
        for (long ordinal = Math.max(query.from(), 0); ordinal < below && found.size() < query.limit(); ordinal++) {
            SettledFile settled = this.settled.get(ordinal);
            if (query.outcomes().isEmpty()
                    || (settled != null && query.outcomes().contains(settled.outcome()))) {
                found.add(file(ordinal));
            }
        }
        return found;
    }

    boolean isFinishedBefore(DeleteRequest.FinishedBefore old) {
        Instant finished = batch.state().finishedAt();
        return finished != null
                && finished.isBefore(old.before())
                && (old.projectId() == null || old.projectId().equals(projectId()));
    }
}
