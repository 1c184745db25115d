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
            "Copies the store file into one new file. Works while a batch runs.",
            "The copy is a store. Name it with --store, or replace the original with it after you remove FILE-wal and FILE-shm."
        })
final class BackupCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            description = "The new file; an existing file is never overwritten",
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
        try (JdbcBatchStore store = StoreChoice.openToRead(location)) {
            StoreChoice.tellNotes(console, location, store);
            store.backup(target);
        }
        console.out().println(Text.format("copied %s to %s", location.shown(), Paths.text(target)));
        return ExitCode.COMPLETED;
    }
}
