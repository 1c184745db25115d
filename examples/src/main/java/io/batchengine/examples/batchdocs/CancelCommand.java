package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchStore;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends an unfinished batch for good. */
@Command(
        name = "cancel",
        description =
                "Cancels an unfinished batch and keeps what is done. If it runs on a store file, interrupt it first.")
final class CancelCommand implements Callable<Integer> {
    /** Above the lease of an engine and the grace time of its jobs. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Console console;

    @Parameters(paramLabel = "ID", description = "The batch")
    private String batchId = "";

    @Mixin
    private final StoreOptions places = new StoreOptions();

    CancelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (BatchStore store = StoreChoice.openExisting(places.store());
                BatchEngine engine = StoreChoice.reader(store, places.scope())) {
            Batches batches = engine.batches();
            var unused = batches.cancel(batchId);
            try {
                var unusedEnd = batches.await(batchId, PATIENCE);
            } catch (BatchEngineException e) {
                if (e.code() != ErrorCode.TIMEOUT) {
                    throw e;
                }
                console.error("the process that runs the batch has not cancelled it yet");
            }
            BatchProgress end = batches.progress(batchId);
            console.out().println(RunReport.summary(end));
            return StoreDamage.told(console, store, end);
        }
    }
}
