package io.batchengine.testkit.simulation;

import io.batchengine.model.Ids;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.testkit.machine.SimulatedMachine;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * A run whose batches have all ended and whose engines are closed.
 *
 * @param machine on which it ran, with what stands {@linkplain SimulatedMachine#outside outside} of all processes
 * @param store what all engines have written to
 * @param batches those of all projects that were not deleted, in the order of their creation
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FinishedRun(SimulatedMachine machine, BatchStore store, List<StoredBatch> batches) {
    /**
     * The jobs that are recorded as succeeded.
     *
     * @return their ids, batch by batch
     */
    public List<String> succeededJobs() {
        return batches.stream()
                .flatMap(batch -> succeeded(batch).stream().map(file -> jobId(batch, file)))
                .toList();
    }

    private List<FileRecord> succeeded(StoredBatch batch) {
        Set<FileOutcome> outcomes = Set.of(FileOutcome.SUCCEEDED);
        return store.files(FileQuery.InBatch.of(batch.id(), 0, Long.MAX_VALUE, outcomes, Integer.MAX_VALUE));
    }

    private static String jobId(StoredBatch batch, FileRecord file) {
        String own = file.settled() == null ? null : file.settled().jobId();
        return own != null ? own : Ids.proposedJobId(batch.request().jobIdPrefix(), batch.id(), file.ordinal());
    }
}
