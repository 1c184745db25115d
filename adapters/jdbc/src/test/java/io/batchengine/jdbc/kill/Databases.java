package io.batchengine.jdbc.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The databases by name. */
final class Databases {
    private static final Map<String, Database> SHARED = new ConcurrentHashMap<>();

    private Databases() {}

    /** The one that all tests of this process use; it is closed when the process ends. */
    static Database shared(String name) {
        return SHARED.computeIfAbsent(name, absent -> {
            Database database = open(absent);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
            return database;
        });
    }

    static Database open(String name) {
        try {
            // Below target, for the temporary directory may be no real disk.
            Path target = Files.createDirectories(Path.of("target"));
            Path folder = Files.createTempDirectory(target, "kill-").toAbsolutePath();
            return switch (name) {
                case "sqlite" -> new SqliteDatabase(folder);
                case "postgresql" -> new PostgresDatabase(folder);
                default -> throw new IllegalArgumentException("no database is named " + name);
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
