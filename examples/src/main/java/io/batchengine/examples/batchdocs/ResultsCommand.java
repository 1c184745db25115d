package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.PageRequest;
import io.batchengine.json.BatchJson;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.Page;
import io.batchengine.spi.store.BatchStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The results of a batch, file by file. */
@Command(
        name = "results",
        description =
                "Prints the result of each file of a batch. While it runs, stops at the first file that is not done.")
final class ResultsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "The batch")
    private String batchId = "";

    @Mixin
    private final StoreOptions places = new StoreOptions();

    @Option(
            names = "--json",
            description = "Prints the results as JSON, one page on each line, with the jobs beside the items")
    private boolean json;

    @Option(
            names = "--page-size",
            paramLabel = "N",
            description = "How many results on a page, 1 to 1000. Default: 1000")
    private int pageSize = PageRequest.FIRST.pageSize();

    ResultsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        PageRequest first = PageRequest.ofSize(pageSize);
        try (BatchStore store = StoreChoice.openToRead(places.store());
                BatchEngine reader = StoreChoice.reader(ChosenBatch.none(store), places.scope())) {
            Batches batches = reader.batches();
            BatchProgress progress = batches.progress(batchId);
            if (json) {
                printPages(batches, first);
            } else {
                new RunReport(batches, batchId).printTable(console.out());
            }
            console.out().flush();
            (json ? console.err() : console.out()).println(RunReport.summary(progress));
            return StoreDamage.told(console, store, progress);
        }
    }

    private void printPages(Batches batches, PageRequest first) {
        BatchJson writer = BatchJson.acceptingAnyType();
        PageRequest request = first;
        String next;
        ResultJobs jobs = new ResultJobs(batches, batchId);
        do {
            try {
                Page<BatchResult> page = batches.results(batchId, request);
                console.out().println(jobs.withJobs(writer, page));
                next = page.nextPageToken();
            } catch (BatchEngineException failure) {
                next = ReadableParts.after(failure);
            }
            request = request.withPageToken(next);
        } while (next != null);
    }
}
