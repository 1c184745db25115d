package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What is shown of a batch that was run: all of it where it has ended, otherwise how to go on. */
final class RunEnd {
    private final Console console;
    private final BatchRunner.Means means;
    private final Warnings warnings;

    RunEnd(Console console, BatchRunner.Means means, Warnings warnings) {
        this.console = console;
        this.means = means;
        this.warnings = warnings;
    }

    /** Returns the exit code. */
    int show(String batchId) throws IOException {
        // Read by another engine, as the one that ran the batch is closed: so an interrupted one is shown as it was
        // left.
        try (BatchEngine reader = StoreChoice.reader(ChosenBatch.none(means.store()), means.scope())) {
            Batches batches = reader.batches();
            BatchProgress end = batches.progress(batchId);
            if (means.json()) {
                printJson(batches, batches.get(batchId));
                if (means.jobs()) {
                    new RunJobs(batches, batchId, warnings).print(console.out());
                }
            } else if (end.status().isTerminal()) {
                new RunReport(batches, batchId, warnings).printTable(console.out());
            }
            printEnd(end, warnings.count(batches, batchId));
            return StoreDamage.told(
                    console, means.store(), end.status().isTerminal() ? ExitCode.of(end) : ExitCode.INTERRUPTED);
        }
    }

    private void printJson(Batches batches, Batch batch) throws IOException {
        BatchJson json = BatchJson.acceptingAnyType();
        OutputStream out = console.data();
        if (batch.status() == BatchStatus.COMPLETED || batch.status() == BatchStatus.CANCELLED) {
            json.write(batch, ReadableParts.results(batches, batch.id()).iterator(), out);
        } else { // has no results, or no reliable ones
            json.write(batch, out);
        }
        out.write(System.lineSeparator().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void printEnd(BatchProgress end, long warned) {
        if (end.status() == BatchStatus.FAILED && end.reason() != null) {
            console.error("the batch failed: " + end.reason().message());
        }
        var stream = means.json() ? console.err() : console.out();
        stream.println(RunReport.summary(end) + (warned == 0 ? "" : Text.format(", %d with warnings", warned)));
        stream.flush();
        if (!end.status().isTerminal()) {
            console.err()
                    .println("batch-docs: interrupted; to continue: "
                            + Shell.resume(end.batchId(), means.location(), means.scope()));
        }
    }
}
