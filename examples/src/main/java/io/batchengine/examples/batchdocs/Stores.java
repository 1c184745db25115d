package io.batchengine.examples.batchdocs;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** Opens stores; what can't be opened is told in a line. */
final class Stores {
    private Stores() {}

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
    static BatchStore openToRead(StoreLocation location) {
        requireThere(location);
        return opened(location, () -> {
            Path file = location.file();
            var builder = JdbcBatchStore.builder().readOnly(true);
            return (file == null ? builder.url(String.valueOf(location.url())) : builder.sqlite(file)).build();
        });
    }

    /** An engine that only reads, or cancels. */
    static BatchEngine reader(BatchStore store) {
        return BatchEngine.builder()
                .store(store)
                .sourceDirectory(NioSourceDirectory.of(Map.of()))
                // Of a type that no batch has: so the engine takes up only what is to be cancelled.
                .jobFactory(JobFactories.blocking("none", "none-", job -> Outcome.succeeded()))
                .threads(1)
                .defaultProject(KeptBatches.SCOPE.projectId())
                .build();
    }

    static void makeFolder(String what, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException("%s %s can't be made: %s"
                    .formatted(what, Paths.text(folder), e.getClass().getSimpleName()));
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
                    "there is no store %s: tell where it is with --store or --output".formatted(Paths.text(file)));
        }
    }

    /** The database takes the path as text. */
    private static void requireText(Path file) {
        if (!Path.of(file.toString()).equals(file) || file.toString().indexOf('\ufffd') >= 0) {
            throw new UsageException("--store %s: its path has characters that this locale lacks; set LC_ALL=C.UTF-8"
                    .formatted(Paths.text(file)));
        }
    }

    private static BatchStore opened(StoreLocation location, Supplier<BatchStore> opener) {
        try {
            return opener.get();
        } catch (BatchEngineException e) {
            if (e.code() == ErrorCode.STORE_IN_USE) {
                throw new UsageException(
                        "the store %s is in use by another process that runs its batches: wait for its end or interrupt it (%s)"
                                .formatted(location.shown(), e.getMessage()),
                        ExitCode.STORE_IN_USE);
            }
            throw new UsageException(
                    "the store %s can't be opened: %s".formatted(location.shown(), e.getMessage()));
        }
    }
}
