package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The files of a SQLite store as a process that was killed leaves them. */
record StoreImage(StoreFiles files) {
    /**
     * Copies the files of a store that is open and at rest. Another process does so: if this one closes a channel of these files, it loses
     * SQLite's locks on them.
     */
    static StoreImage of(Path database, Path folder) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        StoreFiles from = new StoreFiles(database);
        List<String> command = new ArrayList<>(List.of("cp"));
        for (Path file : List.of(from.database(), from.log(), from.index())) {
            if (Files.exists(file)) {
                command.add(file.toString());
            }
        }
        command.add(folder.toString());
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("cp failed");
        }
        return new StoreImage(new StoreFiles(folder.resolve(requireNonNull(database.getFileName()))));
    }

    Path database() {
        return files.database();
    }

    StoreImage withoutLog() throws IOException {
        Files.delete(files.log());
        return this;
    }

    StoreImage withoutIndex() throws IOException {
        Files.delete(files.index());
        return this;
    }

    StoreImage withLogOf(StoreImage other) throws IOException {
        Files.copy(other.files.log(), files.log(), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    StoreImage withLogOf(long length) throws IOException {
        try (FileChannel log = FileChannel.open(files.log(), StandardOpenOption.WRITE)) {
            log.truncate(length);
        }
        return this;
    }
}
