package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.benchmarks.process.ContenderProcess;
import io.batchengine.benchmarks.process.JavaRuntime;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a contender has synced and written per file, found out in a process and a round of its own: what the server wrote ahead until its connections
 * had ended, or the syncs of a process under {@code strace}, where there is that.
 */
final class WrittenPerFile {
    private static final int MOST_FILES = 10_000;

    /** Empty where it can't be found out. */
    record Found(OptionalDouble bytes, OptionalDouble syncs) {
        static final Found NOTHING = new Found(OptionalDouble.empty(), OptionalDouble.empty());
    }

    private WrittenPerFile() {}

    static Found find(Site site, Cell cell, String contender, JavaRuntime java, Duration limit)
            throws IOException, SQLException, WorkerFailure {
        int files = Math.min(cell.files(), MOST_FILES);
        Storage storage = site.storage(cell.storage());
        if (storage instanceof Storage.Postgresql) {
            Site.Log before = site.log();
            run(contender, storage, cell, files, java, limit);
            Site.Log after = site.log();
            return new Found(
                    OptionalDouble.of((after.bytes() - before.bytes()) / (double) files),
                    OptionalDouble.of((after.syncs() - before.syncs()) / (double) files));
        }
        if (storage instanceof Storage.Sqlite && hasStrace()) {
            Path folder = site.newFolder();
            run(contender, storage, cell, files, traced(folder, java), limit);
            return new Found(OptionalDouble.empty(), OptionalDouble.of(syncs(folder) / (double) files));
        }
        return Found.NOTHING;
    }

    private static void run(String contender, Storage storage, Cell cell, int files, JavaRuntime java, Duration limit)
            throws IOException, WorkerFailure {
        try (ContenderProcess process =
                ContenderProcess.start(contender, storage, cell.threads(), java, cell.jvmOptions())) {
            var unused = process.round(files, cell.job(), limit);
        }
    }

    private static boolean hasStrace() {
        return Files.isExecutable(Path.of("/usr/bin/strace"));
    }

    /** A Java home whose program runs the real one under strace. */
    private static JavaRuntime traced(Path folder, JavaRuntime java) throws IOException {
        Path program = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(
                program,
                Text.format(
                        """
                #!/bin/sh
                exec /usr/bin/strace -f -c -e trace=fsync,fdatasync -o '%s' '%s' "$@"
                """, folder.resolve("syncs"), java.home().resolve("bin").resolve("java")));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " can't be made executable");
        }
        return new JavaRuntime(folder, java.feature());
    }

    /** Sums the calls of a table: % time, seconds, usecs/call, calls, perhaps errors, name. */
    private static long syncs(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("syncs"));
        return lines.stream()
                .filter(line -> line.endsWith(" fsync") || line.endsWith(" fdatasync"))
                .mapToLong(line -> Long.parseLong(line.trim().split(" +", -1)[3]))
                .sum();
    }
}
