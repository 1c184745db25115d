package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.benchmarks.process.ContenderProcess;
import io.batchengine.benchmarks.process.PostgresqlServer;
import io.batchengine.benchmarks.process.TemporaryFolder;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.benchmarks.process.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the targets of one run share: a folder on a real disk, a database server, the options. */
final class Bench implements AutoCloseable {
    /** Worker threads of every contender. */
    static final int THREADS = 2;

    private final Options options;
    private final TemporaryFolder folder;
    private @Nullable PostgresqlServer server;
    private int folders;

    @SuppressWarnings("this-escape") // the hook runs at the end of the process
    Bench(Options options) throws IOException {
        this.options = options;
        this.folder = TemporaryFolder.inWorkingDirectory();
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAtTheEnd));
    }

    /** Where the user has interrupted it. */
    private void closeAtTheEnd() {
        try {
            close();
        } catch (IOException left) {
            throw new UncheckedIOException("not all could be deleted", left);
        }
    }

    int rounds() {
        return options.rounds();
    }

    /** The files of a rate's round, unless the command line tells another number. */
    int files(int own) {
        return options.files() > 0 ? options.files() : own;
    }

    Path newFolder() throws IOException {
        return Files.createDirectory(folder.path().resolve("part-" + folders++));
    }

    Storage sqlite() throws IOException {
        return new Storage.Sqlite(newFolder());
    }

    /** The one server, which is started at its first use. */
    synchronized Storage postgresql() throws IOException {
        PostgresqlServer running = server;
        if (running == null) {
            running = PostgresqlServer.start(newFolder());
            server = running;
        }
        return new Storage.Postgresql(running.url());
    }

    ContenderProcess contender(String label, Storage storage, String... jvmOptions) throws IOException, WorkerFailure {
        return ContenderProcess.start(label, storage, THREADS, options.java(), List.of(jvmOptions));
    }

    WorkerProcess worker(Class<?> main, List<String> arguments, String... jvmOptions)
            throws IOException, WorkerFailure {
        return WorkerProcess.start(main.getSimpleName(), options.java(), List.of(jvmOptions), main, arguments);
    }

    @Override
    public synchronized void close() throws IOException {
        try (folder) {
            if (server != null) {
                server.close();
            }
        }
    }
}
