package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One batch and how far it is. */
@Command(name = "show", description = "Shows a batch and how far it is. Works while it runs.")
final class ShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "The batch")
    private String batchId = "";

    @Mixin
    private final StoreOptions places = new StoreOptions();

    @Option(
            names = "--json",
            description = "Prints the batch as JSON; how far it is, and why it waits, follow on standard error")
    private boolean json;

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (BatchStore store = StoreChoice.openToRead(places.store());
                BatchEngine reader = StoreChoice.reader(ChosenBatch.none(store), places.scope())) {
            Batch batch = reader.batches().get(batchId);
            BatchProgress progress = reader.batches().progress(batchId);
            StatusReason reason = progress.reason();
            if (json) {
                console.out().println(BatchJson.acceptingAnyType().write(batch));
            } else {
                print(batch, progress);
                print(new KeptBatches(store, places.scope())
                        .require(batchId)
                        .request()
                        .options());
                if (reason != null) {
                    line("reason", RunReport.reason(reason));
                }
            }
            console.out().flush();
            if (json && reason != null) {
                console.err()
                        .println(Text.printable(Text.format("%s: %s", progress.status(), RunReport.reason(reason))));
            }
            (json ? console.err() : console.out()).println(RunReport.summary(progress));
            return StoreDamage.told(console, store, progress);
        }
    }

    private void print(Batch batch, BatchProgress progress) {
        line("project", batch.projectId());
        line("type", batch.config().job().type().name());
        line("configuration", batch.config().job().configurationId());
        line("directory", RunSettings.directoryText(batch.sourceDirectoryId()));
        line("created", String.valueOf(batch.createdAt()));
        line("updated", String.valueOf(batch.updatedAt()));
        if (progress.startedAt() != null) {
            line("started", progress.startedAt().toString());
        }
        if (progress.finishedAt() != null) {
            line("finished", progress.finishedAt().toString());
        }
        line("listing", progress.listingEnded() ? "ended" : "not ended");
        if (progress.cancelRequested() && !progress.status().isTerminal()) {
            line("cancelling", "asked for");
        }
    }

    private void print(BatchOptions options) {
        line("priority", String.valueOf(options.priority()));
        line("tolerated", ToleranceConverter.text(options.tolerance()));
        line("attempts", String.valueOf(options.retry().maxAttempts()));
    }

    private void line(String name, String value) {
        console.out().println(ReportColumns.pad(name, 13) + "  " + Text.printable(value));
    }
}
