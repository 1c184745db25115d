package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.jdbc.JdbcBatchStoreBuilder;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** Opens stores; what can't be opened is told in a line. */
final class StoreChoice {
    private StoreChoice() {}

    /** Opens a store to run batches, and makes it where there is none. */
    static BatchStore open(StoreLocation location) {
        Path file = location.file();
        if (file == null) {
            return opened(location, () -> JdbcBatchStore.open(String.valueOf(location.url())));
        }
        requireText(file);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolder("the folder of the store", folder);
        }
        return opened(location, () -> JdbcBatchStore.sqlite(file));
    }

    /** Opens a store that is there, to run its batches. */
    static BatchStore openExisting(StoreLocation location) {
        requireThere(location);
        return open(location);
    }

    /** Opens a store that is there, also beside the process that runs its batches. */
    static JdbcBatchStore openToRead(StoreLocation location) {
        requireThere(location);
        Path file = location.file();
        JdbcBatchStoreBuilder builder = JdbcBatchStore.builder().readOnly(true);
        JdbcBatchStoreBuilder located = file == null ? builder.url(String.valueOf(location.url())) : builder.file(file);
        return opened(location, located::build);
    }

    /** An engine that only reads, or cancels, batches of a project. */
    static BatchEngine reader(BatchStore store, Scope scope) {
        return BatchEngine.builder()
                .store(store)
                .sourceDirectory(NioSourceDirectory.of(Map.of()))
                // Of a type that no batch has: so the engine takes up only what is to be cancelled.
                .jobFactory(JobFactories.blocking("none", "none-", job -> Outcome.succeeded()))
                .threads(1)
                .defaultProject(scope.projectId())
                .build();
    }

    static void makeFolder(String what, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException(Text.format(
                    "%s %s can't be made: %s",
                    what, Paths.text(folder), e.getClass().getSimpleName()));
        }
    }

    private static void requireThere(StoreLocation location) {
        Path file = location.file();
        if (file == null) {
            return;
        }
        requireText(file);
        if (!Files.exists(file)) {
            throw new UsageException(
                    Text.format("there is no store %s: name it with --store or --output", Paths.text(file)));
        }
    }

    /** Not every part of the database takes a path that is no text. */
    private static void requireText(Path file) {
        boolean text;
        try {
            text = Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            text = false;
        }
        if (!text) {
            throw new UsageException(Text.format(
                    "--store %s: the path of a store must be text in this locale; LC_ALL=C.UTF-8 may help",
                    Paths.text(file)));
        }
    }

    /** What is worth knowing of a store file, such as a log that is missing. */
    static void tellNotes(Console console, StoreLocation location, BatchStore store) {
        if (location.file() != null) {
            store.notes().forEach(console::error);
        }
    }

    private static <T extends BatchStore> T opened(StoreLocation location, Supplier<T> opener) {
        try {
            return opener.get();
        } catch (BatchEngineException e) {
            if (e.code() == ErrorCode.STORE_IN_USE) {
                throw new UsageException(
                        Text.format(
                                "another process holds the store %s and runs its batches: interrupt it (Ctrl-C), or wait for its end",
                                location.shown()),
                        ExitCode.STORE_IN_USE);
            }
            throw new UsageException(
                    String.valueOf(e.getMessage()), StoreDamage.isToldBy(e) ? ExitCode.STORE_DAMAGED : ExitCode.USAGE);
        }
    }
}
