package io.batchengine.examples.batchdocs;

import io.batchengine.documents.parse.ParseJobFactory;
import io.batchengine.examples.sample.SampleData;
import io.batchengine.model.JobType;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A parse and an extract batch over the documents that come with the program. */
@Command(
        name = "sample",
        description =
                "Runs a parse and an extract batch over the sample documents. Some of them are broken on purpose.")
final class SampleCommand implements Callable<Integer> {
    private final Console console;
    private final Interruption interruption;

    @Mixin
    private final RunOptions options = new RunOptions();

    SampleCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        Path folder = options.places.output();
        Path documents = folder.resolve("sample-input");
        if (Files.isSymbolicLink(documents)) {
            throw new UsageException(Paths.text(documents)
                    + " is a link, and the sample documents are not written where it leads; remove it");
        }
        StoreLocation location = options.places.store();
        options.startLog(console);
        StoreChoice.makeFolder("the output folder", documents);
        var unusedPlain = SampleData.unpack(documents);
        var unusedHostile = SampleData.addHostileNames(documents);
        RunSettings all = RunSettings.of(documents, folder, null, false);
        RunSettings invoices = RunSettings.of(documents, folder, "invoice-*", false);
        try (BatchStore store = StoreChoice.open(location)) {
            StoreChoice.tellNotes(console, location, store);
            var means = new BatchRunner.Means(store, location, options, false, false);
            int parse = run(request(JobType.PARSE_V2, ParseJobFactory.AGENTIC, all), means);
            if (parse > ExitCode.SOME_FAILED) {
                return parse;
            }
            int extract = run(request(JobType.EXTRACT_V2, SampleConfigurations.INVOICE, invoices), means);
            return extract > ExitCode.SOME_FAILED ? extract : ExitCode.COMPLETED; // some are broken on purpose
        }
    }

    private int run(RunRequest request, BatchRunner.Means means) throws Exception {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%n%s with %s: from %s to %s%n%n",
                        request.type(),
                        request.configurationId(),
                        Paths.text(request.settings().directory()),
                        Paths.text(request.settings().output()));
        StoredBatch unfinished = new KeptBatches(means.store(), means.scope())
                .unfinishedLike(request, request.check(means.scope()))
                .orElse(null);
        return new BatchRunner(console, interruption).run(request, unfinished, means);
    }

    private static RunRequest request(JobType type, String configurationId, RunSettings settings) {
        return RunRequest.of(type, configurationId, settings, NewBatchOptions.DEFAULT, SampleConfigurations.INSTANCE);
    }
}
