package io.batchengine.testkit.invariant;

import io.batchengine.model.Batch;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches one invariant. Each method is told after the history knows, but where it says otherwise. */
abstract class Checker {
    final Invariant invariant;
    final History history;
    private final Findings findings;

    Checker(Invariant invariant, History history, Findings findings) {
        this.invariant = invariant;
        this.history = history;
        this.findings = findings;
    }

    final void exercised() {
        findings.exercised(invariant);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    final void require(boolean holds, String message, @Nullable Object... values) {
        findings.require(holds, invariant, message, values);
    }

    /** Whether it compares with what was told or started before, which a store that is set back has forgotten. */
    boolean remembers() {
        return false;
    }

    /** A batch was claimed. */
    void claimed(BatchHistory batch, SimulatedProcess by, StoredBatch before, StoredBatch after) {}

    /** A commit is applied; the history does not know yet. */
    void committing(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {}

    /** A commit was applied. */
    void committed(BatchHistory batch, SimulatedProcess by, BatchCommit commit, StoredBatch before) {}

    /** A commit was not applied. */
    void refused(BatchHistory batch, SimulatedProcess by, BatchCommit commit, Verdict verdict) {}

    /** A batch was released, or a cancel request was recorded: nothing that raises a version. */
    void touched(BatchHistory batch, StoredBatch before, StoredBatch after) {}

    /** A caller was told of a cancel request's success. */
    void cancelAcknowledged(BatchHistory batch) {}

    /** A caller was told of a creation. */
    void createAcknowledged(Batch batch) {}

    /** An engine was told that a cancel request stands, for a batch that it holds under an epoch. */
    void cancelSeen(BatchHistory batch, SimulatedProcess by, long epoch) {}

    /** A job is asked for: from here on its file counts as started. */
    void asked(BatchHistory batch, SimulatedProcess by, JobRequest request) {}

    /** A job body starts. */
    void started(BatchHistory batch, SimulatedProcess by, JobContext job) {}

    /** A job body has ended. */
    void ended(BatchHistory batch, SimulatedProcess by, JobContext job) {}

    /** An engine was lost, with all that ran in it. */
    void lost(SimulatedProcess process) {}

    /** A listener was told. */
    void told(BatchHistory batch, SimulatedProcess by, BatchEvent event) {}

    /** A caller was told how a batch stands. */
    void observed(BatchHistory batch, SimulatedProcess by, Batch answer) {}

    /** The run is over: what is stored of a batch that was not deleted. */
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {}
}
