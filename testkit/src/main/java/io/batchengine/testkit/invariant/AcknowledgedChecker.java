package io.batchengine.testkit.invariant;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** I3. Its ledger is what callers and listeners were told, not what was written. */
final class AcknowledgedChecker extends Checker {
    private final Map<String, Batch> created = new HashMap<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Map<String, Map<Long, SettledFile>> settled = new HashMap<>();
    private final Map<String, BatchStatus> ended = new HashMap<>();

    AcknowledgedChecker(History history, Findings findings) {
        super(Invariant.ACKNOWLEDGED, history, findings);
    }

    @Override
    boolean remembers() {
        return true;
    }

    @Override
    void createAcknowledged(Batch batch) {
        created.put(batch.id(), batch);
        require(history.find(batch.id()) != null, "%s was acknowledged and never stored", batch.id());
    }

    @Override
    void cancelAcknowledged(BatchHistory batch) {
        cancelled.add(batch.id());
    }

    @Override
    void told(BatchHistory batch, SimulatedProcess by, BatchEvent event) {
        if (event instanceof BatchEvent.FilesSettled files) {
            Map<Long, SettledFile> known = settled.computeIfAbsent(batch.id(), id -> new HashMap<>());
            for (FileRecord file : files.files()) {
                if (file.settled() != null) {
                    known.put(file.ordinal(), file.settled());
                }
            }
        } else if (event instanceof BatchEvent.StatusChanged change
                && change.status().isTerminal()) {
            ended.put(batch.id(), change.status());
        }
    }

    @Override
    void atEnd(BatchHistory batch, StoredBatch stored, List<FileRecord> files) {
        Batch told = created.get(batch.id());
        if (told != null) {
            exercised();
            require(
                    Objects.equals(told.createdAt(), stored.request().createdAt())
                            && told.sourceDirectoryId().equals(stored.request().sourceDirectoryId()),
                    "%s is not stored as it was acknowledged",
                    batch.id());
        }
        require(
                !cancelled.contains(batch.id()) || stored.state().status() != BatchStatus.COMPLETED,
                "%s is COMPLETED though its cancellation was acknowledged",
                batch.id());
        BatchStatus end = ended.get(batch.id());
        require(
                end == null || end == stored.state().status(),
                "%s is %s where listeners were told %s",
                batch.id(),
                stored.state().status(),
                end);
        settled.getOrDefault(batch.id(), Map.of())
                .forEach((ordinal, file) -> require(
                        ordinal < files.size()
                                && file.equals(files.get(ordinal.intValue()).settled()),
                        "the result of file %d of %s is not what listeners were told",
                        ordinal,
                        batch.id()));
    }
}
