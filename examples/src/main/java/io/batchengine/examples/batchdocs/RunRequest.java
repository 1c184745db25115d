package io.batchengine.examples.batchdocs;

import io.batchengine.documents.Configurations;
import io.batchengine.documents.OutputFolder;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;

/**
 * A batch to be run.
 *
 * @param type parse or extract
 * @param configurationId the configuration
 * @param settings from where and to where
 * @param options what the batch carries with it
 * @param outputs the output folder
 * @param factory makes its jobs
 */
record RunRequest(
        JobType type,
        String configurationId,
        RunSettings settings,
        BatchOptions options,
        OutputFolder outputs,
        JobFactory factory) {
    static RunRequest of(
            JobType type, String configurationId, RunSettings settings, BatchOptions options, Configurations saved) {
        OutputFolder outputs = OutputFolder.at(settings.output());
        JobFactory jobs = FactoryChoice.of(type, outputs, saved);
        return new RunRequest(type, configurationId, settings, options, outputs, new KeepingFactory(jobs, settings));
    }

    /** A batch to continue. */
    static RunRequest of(StoredBatch batch) {
        var job = batch.request().config().job();
        if (!FactoryChoice.TYPES.contains(job.type())) {
            throw Snapshot.foreign(batch.id());
        }
        // The configuration is the one that was kept; none is looked up.
        return of(
                job.type(),
                job.configurationId(),
                RunSettings.of(batch),
                batch.request().options(),
                Configurations.none());
    }

    /** Refuses what is unknown or malformed, before anything is made; returns what would be kept with the batch. */
    ConfigurationSnapshot check(Scope scope) throws Exception {
        var unusedDirectory = settings.sourceDirectory(List.of());
        return factory.resolve(ResolveRequest.of(scope, type, configurationId));
    }
}
