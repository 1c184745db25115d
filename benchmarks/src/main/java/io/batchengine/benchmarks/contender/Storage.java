package io.batchengine.benchmarks.contender;

import java.nio.file.Path;

/** Where results are kept. */
public sealed interface Storage {
    /** The memory of the process. */
    record Memory() implements Storage {}

    /**
     * A SQLite file, write-ahead log, a sync at each commit.
     *
     * @param folder where files may be made
     */
    record Sqlite(Path folder) implements Storage {}

    /**
     * A PostgreSQL server with {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} on.
     *
     * @param url for JDBC, user included
     */
    record Postgresql(String url) implements Storage {}
}
