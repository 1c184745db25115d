package io.batchengine.examples.batchdocs;

import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.Text;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies a store file into a new file. */
@Command(
        name = "backup",
        description = {
            "Copies the store file into one new file; also while a batch runs.",
            "The copy is a store: put it in the place of the original, with no FILE-wal and FILE-shm beside it, or give it with --store."
        })
final class BackupCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            description = "The new file; no file is overwritten",
            converter = PathConverter.class)
    private Path target = Path.of("");

    @Mixin
    private final StoreOptions places = new StoreOptions();

    BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StoreLocation location = places.store();
        if (location.file() == null) {
            throw new UsageException("backup copies store files; make backups of PostgreSQL with pg_dump");
        }
        try (JdbcBatchStore store = Stores.openToRead(location)) {
            Stores.tellNotes(console, location, store);
            store.backup(target);
        }
        console.out().println(Text.format("copied %s to %s", location.shown(), Paths.text(target)));
        return ExitCode.COMPLETED;
    }
}
