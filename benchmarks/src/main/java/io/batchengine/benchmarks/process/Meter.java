package io.batchengine.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What this process has used since the meter was started. */
final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private static final Path IO = Path.of("/proc/self/io");
    private static final String WRITTEN = "write_bytes: ";

    private final long cpu;
    private final long allocated;
    private final long written;

    private Meter() {
        HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
        written = written();
        allocated = allocated();
        cpu = SYSTEM.getProcessCpuTime();
    }

    static Meter start() {
        return new Meter();
    }

    long cpuNanos() {
        return SYSTEM.getProcessCpuTime() - cpu;
    }

    long allocatedBytes() {
        return allocated() - allocated;
    }

    /** The peaks of the generations were not all at one time: it may be a little less. */
    long peakHeapBytes() {
        return HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    long writtenBytes() {
        return written() - written;
    }

    private static long allocated() {
        try {
            return (long) ThreadMXBean.class
                    .getMethod("getTotalThreadAllocatedBytes") // since 21
                    .invoke(THREADS);
        } catch (ReflectiveOperationException older) {
            return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                    .sum();
        }
    }

    private static long written() {
        try {
            return Files.readAllLines(IO).stream()
                    .filter(line -> line.startsWith(WRITTEN))
                    .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length())))
                    .sum();
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
