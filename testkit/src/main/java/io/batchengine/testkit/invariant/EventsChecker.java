package io.batchengine.testkit.invariant;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I13. */
final class EventsChecker extends Checker {
    private record Line(SimulatedProcess process, String batchId) {}

    private record Told(String batchId, BatchStatus status, Instant at) {}

    private record File(String batchId, long ordinal) {}

    private final Map<Line, Instant> last = new HashMap<>();
    private final Map<Line, Long> lastSettled = new HashMap<>();
    private final Set<Told> told = new HashSet<>();
    private final Set<File> files = new HashSet<>();
    private final Set<SimulatedProcess> gone = new HashSet<>();

    EventsChecker(History history, Findings findings) {
        super(Invariant.EVENTS, history, findings);
    }

    @Override
    boolean remembers() {
        return true;
    }

    /** An engine may not have told everything: it was lost, or closed at its deadline. */
    @Override
    void lost(SimulatedProcess process) {
        gone.add(process);
    }

    @Override
    void told(BatchHistory batch, SimulatedProcess by, BatchEvent event) {
        exercised();
        if (event instanceof BatchEvent.StatusChanged change) {
            statusChanged(batch, by, change);
        } else if (event instanceof BatchEvent.FilesSettled settled) {
            settled.files().forEach(file -> fileSettled(batch, file));
        } else if (event instanceof BatchEvent.Progressed progressed) {
            progressed(batch, by, progressed.progress().counts());
        }
    }

    private void statusChanged(BatchHistory batch, SimulatedProcess by, BatchEvent.StatusChanged change) {
        require(
                batch.wasWritten(change.status(), change.at()),
                "%s tells that %s is %s since %s, which was never written",
                by,
                batch.id(),
                change.status(),
                change.at());
        require(
                told.add(new Told(batch.id(), change.status(), change.at())),
                "it is told twice that %s is %s since %s",
                batch.id(),
                change.status(),
                change.at());
        Instant before = last.put(new Line(by, batch.id()), change.at());
        require(
                before == null || before.isBefore(change.at()),
                "%s tells of %s at %s after %s",
                by,
                batch.id(),
                change.at(),
                before);
    }

    private void fileSettled(BatchHistory batch, FileRecord file) {
        require(
                file.settled() != null && file.settled().equals(batch.settled.get(file.ordinal())),
                "the result of file %d of %s is told before it is written",
                file.ordinal(),
                batch.id());
        require(
                file.fileId().equals(batch.fileId(file.ordinal())),
                "file %d of %s is told by the id %s",
                file.ordinal(),
                batch.id(),
                file.fileId());
        require(
                files.add(new File(batch.id(), file.ordinal())),
                "the result of file %d of %s is told twice",
                file.ordinal(),
                batch.id());
    }

    private void progressed(BatchHistory batch, SimulatedProcess by, FileCounts counts) {
        long settled = counts.settled();
        Long before = lastSettled.put(new Line(by, batch.id()), settled);
        require(
                settled <= counts.listed() && settled <= batch.settled.size() && (before == null || before <= settled),
                "%s tells of %s that %s, with %d files settled",
                by,
                batch.id(),
                counts,
                batch.settled.size());
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> stillThere) {
        if (batch.endedBy != null && !gone.contains(batch.endedBy)) {
            require(
                    told.contains(new Told(
                            batch.id(), stored.state().status(), stored.state().updatedAt())),
                    "it was never told that %s is %s",
                    batch.id(),
                    stored.state().status());
        }
    }
}
