package io.batchengine.jdbc.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The databases by name. */
final class Databases {
    private static final Map<String, KillDatabase> SHARED = new ConcurrentHashMap<>();

    private Databases() {}

    /** The one that all tests of this process use; it is closed when the process ends. */
    static KillDatabase shared(String name) {
        return SHARED.computeIfAbsent(name, absent -> {
            KillDatabase database = open(absent);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
            return database;
        });
    }

    static KillDatabase open(String name) {
        try {
            // Below target, for the temporary directory may be no real disk.
            Path target = Files.createDirectories(Path.of("target"));
            Path folder = Files.createTempDirectory(target, "kill-").toAbsolutePath();
            return switch (name) {
                case "sqlite" -> new KillSqlite(folder);
                case "postgresql" -> new KillPostgres(folder);
                default -> throw new IllegalArgumentException("no database is named " + name);
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
