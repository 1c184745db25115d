package io.batchengine.examples.batchdocs;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;

/** What parse and extract have in common: one batch over one directory, a new one or one that was left unfinished. */
final class BatchCommand {
    private final BatchRunner runner;
    private final Console console;

    BatchCommand(Console console, Interruption interruption) {
        this.console = console;
        this.runner = new BatchRunner(console, interruption);
    }

    int run(JobType type, String configurationId, SourceOptions source, RunOptions options, ConfigurationOptions saved)
            throws Exception {
        options.check();
        saved.check();
        RunSettings settings = source.settings(options.places.output());
        RunRequest request =
                RunRequest.of(type, configurationId, settings, source.batch.options(), saved.configurations());
        Scope scope = options.places.scope();
        ConfigurationSnapshot snapshot = request.check(scope);
        StoreLocation location = options.places.store();
        options.startLog(console);
        try (BatchStore store = StoreChoice.open(location)) {
            StoreChoice.tellNotes(console, location, store);
            StoredBatch unfinished = new KeptBatches(store, scope)
                    .unfinishedLike(request, snapshot)
                    .orElse(null);
            var means = new BatchRunner.Means(store, location, options, source.json(), source.jobs);
            return runner.run(request, unfinished, means);
        }
    }
}
