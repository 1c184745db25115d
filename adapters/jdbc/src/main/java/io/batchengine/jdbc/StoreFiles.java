package io.batchengine.jdbc;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a SQLite store: the database and what stands beside it while it is open, or after a kill.
 *
 * @param database by its real path
 */
record StoreFiles(Path database) {
    /** What was written since the last checkpoint: without it the database is older than what was acknowledged. */
    Path log() {
        return beside("-wal");
    }

    /** The index of the log, made again from it where it is missing. */
    Path index() {
        return beside("-shm");
    }

    /** Of a transaction under way in another mode, which stores use only while a new database is made. */
    Path journal() {
        return beside("-journal");
    }

    Path lock() {
        return beside(".lock");
    }

    List<Path> all() {
        return List.of(database, log(), index(), journal(), lock());
    }

    private Path beside(String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }
}
