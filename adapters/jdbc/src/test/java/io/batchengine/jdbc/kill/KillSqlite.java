package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.JdbcBatchStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** SQLite: a folder for each store. */
final class KillSqlite implements KillDatabase {
    private static final String URL = "jdbc:sqlite:";
    private final Path folder;
    private final KillChildJvm jvm;

    KillSqlite(Path folder) {
        this.folder = folder;
        String first = newStore();
        this.jvm = KillChildJvm.prepare(folder).withArchive(first);
        drop(first);
    }

    @Override
    public KillChildJvm jvm() {
        return jvm;
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String newStore() {
        try {
            return URL + Files.createTempDirectory(folder, "kill").resolve("batches.db");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The file of a store. */
    static Path file(String url) {
        return Path.of(url.substring(URL.length()));
    }

    @Override
    public ChildOptions.Mode copyMode() {
        return ChildOptions.Mode.BACKS_UP;
    }

    @Override
    public String copy(String url) {
        Path copy = file(url).resolveSibling("copy-" + System.nanoTime() + ".db");
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            store.backup(copy);
        }
        return copy.toString();
    }

    @Override
    public void restore(String url, String copy) {
        Path store = file(url);
        try {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(store.resolveSibling(store.getFileName() + suffix));
            }
            Files.copy(Path.of(copy), store);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The files of a store as they are, under another name beside it, as after a crash; returns the url of that. */
    static String copyFiles(String url, String name) {
        Path store = file(url);
        try {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Path from = store.resolveSibling(store.getFileName() + suffix);
                if (Files.exists(from)) {
                    Files.copy(from, store.resolveSibling(name + suffix));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return URL + store.resolveSibling(name);
    }

    /** They lie in the folder of their store. */
    @Override
    public void dropCopies(List<String> copies) {}

    @Override
    public void drop(String url) {
        Path directory = file(url).toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
