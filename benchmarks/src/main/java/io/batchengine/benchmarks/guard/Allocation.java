package io.batchengine.benchmarks.guard;

import com.sun.management.ThreadMXBean;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes allocated per file, by all threads. It is measured on a simulated machine in a JVM that interprets: what a compiler finds out about
 * objects that need not be made differs from run to run, what the code asks for does not.
 */
final class Allocation {
    static final String PREFIX = "allocated-bytes-per-file/";
    static final double TOLERANCE_PERCENT = 1;
    private static final int FILES = 40_000;
    private static final int WARM_UP = 4_000;

    private Allocation() {}

    /** Measures one store after the other in a process of its own. */
    static Map<String, Double> measure(Path folder) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-Xint",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        Allocation.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process that measures ended with " + process.exitValue());
        }
        Map<String, Double> measured = new TreeMap<>();
        for (String line : out.lines().toList()) {
            String[] parts = line.split("=", 2);
            measured.put(PREFIX + parts[0], Double.valueOf(parts[1]));
        }
        return measured;
    }

    /** Prints a line per store. */
    public static void main(String[] args) {
        System.out.println("memory=" + bytesPerFile(new InMemoryBatchStore(() -> 0)));
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(Path.of(args[0], "allocation.db"))) {
            System.out.println("sqlite=" + bytesPerFile(store));
        }
    }

    private static double bytesPerFile(BatchStore store) {
        run(store, WARM_UP); // classes are loaded and linked
        return Math.rint(run(store, FILES) / (double) FILES);
    }

    private static long run(BatchStore store, int files) {
        try (SimulatedRun run = new SimulatedRun(store, new Counts(), files, job -> Outcome.succeeded())) {
            long before = allocated();
            List<?> ended = run.run(1, BatchOptions.DEFAULT);
            long bytes = allocated() - before;
            if (ended.size() != 1) {
                throw new IllegalStateException("the batch did not end");
            }
            return bytes;
        }
    }

    /** Since they began, by all threads; those of the machine stay. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
