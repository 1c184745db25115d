package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.ListBatches;
import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Page;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which batches the store holds. */
@Command(name = "list", description = "Lists the batches of a store, newest first. Works while a batch runs.")
final class ListCommand implements Callable<Integer> {
    private static final int MAX_DIRECTORY = 200;

    private final Console console;

    @Mixin
    private final StoreOptions places = new StoreOptions();

    @Option(names = "--status", paramLabel = "S", description = "Only batches of this status; may be repeated")
    private Set<BatchStatus> statuses = Set.of();

    @Option(names = "--page-size", paramLabel = "N", description = "How many batches, 1 to 1000. Default: 100")
    private int pageSize = ListBatches.ALL.pageSize();

    @Option(names = "--page-token", paramLabel = "T", description = "Continues after the page that printed this token")
    @Nullable
    private String pageToken;

    @Option(names = "--json", description = "Prints the page as JSON: items, next_page_token, total_size")
    private boolean json;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ListBatches request = ListBatches.ALL
                .withStatuses(statuses)
                .withPageSize(pageSize)
                .withPageToken(pageToken)
                .withTotal();
        try (BatchStore store = StoreChoice.openToRead(places.store());
                BatchEngine reader = StoreChoice.reader(ChosenBatch.none(store), places.scope())) {
            Page<Batch> page = reader.batches().list(request);
            if (json) {
                console.out().println(BatchJson.acceptingAnyType().writePage(page));
            } else {
                print(reader.batches(), page);
            }
            return StoreDamage.told(console, store, ExitCode.COMPLETED);
        }
    }

    private void print(Batches batches, Page<Batch> page) {
        line("ID", "STATUS", "CREATED", "FILES", "CONFIGURATION", "DIRECTORY");
        for (Batch batch : page.items()) {
            FileCounts counts = batches.progress(batch.id()).counts();
            line(
                    batch.id(),
                    batch.status().name(),
                    String.valueOf(batch.createdAt()),
                    counts.settled() + "/" + counts.listed(),
                    Text.printable(batch.config().job().configurationId()),
                    Text.printable(RunSettings.directoryText(batch.sourceDirectoryId()), MAX_DIRECTORY));
        }
        if (page.nextPageToken() != null) {
            console.out().println("more with --page-token " + Shell.quoted(page.nextPageToken()));
        }
    }

    private void line(String id, String status, String created, String files, String configuration, String directory) {
        console.out()
                .println(Text.format(
                        "%s  %s  %s  %s  %s  %s",
                        ReportColumns.pad(id, 40),
                        ReportColumns.pad(status, 9),
                        ReportColumns.pad(created, 27),
                        ReportColumns.pad(files, 11),
                        ReportColumns.pad(configuration, 18),
                        directory));
    }
}
