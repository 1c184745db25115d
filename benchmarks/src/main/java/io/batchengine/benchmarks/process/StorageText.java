package io.batchengine.benchmarks.process;

import io.batchengine.benchmarks.contender.Storage;
import java.nio.file.Path;

/** A storage as an argument of a process. */
final class StorageText {
    private static final String MEMORY = "memory";
    private static final String SQLITE = "sqlite:";
    private static final String POSTGRESQL = "postgresql:";

    private StorageText() {}

    static String of(Storage storage) {
        if (storage instanceof Storage.Sqlite sqlite) {
            return SQLITE + sqlite.folder();
        }
        return storage instanceof Storage.Postgresql server ? POSTGRESQL + server.url() : MEMORY;
    }

    static Storage read(String text) {
        if (text.startsWith(SQLITE)) {
            return new Storage.Sqlite(Path.of(text.substring(SQLITE.length())));
        }
        if (text.startsWith(POSTGRESQL)) {
            return new Storage.Postgresql(text.substring(POSTGRESQL.length()));
        }
        if (text.equals(MEMORY)) {
            return new Storage.Memory();
        }
        throw new IllegalArgumentException("no storage: " + text);
    }
}
