package io.batchengine.benchmarks.process;

import io.batchengine.model.Text;
import java.util.Arrays;

/**
 * What one round of a contender took, in its own process: what a database server does beside it is not in here.
 *
 * @param files how many
 * @param nanos from its start to its end
 * @param firstJobNanos from its start to the start of the first job
 * @param cpuNanos of all threads of the process
 * @param allocatedBytes on the heap; on Java before 21 those of threads that lived from before its start to its end
 * @param peakHeapBytes the most that was in use, what was garbage included
 * @param writtenBytes that the process caused to be written to disks; 0 where the system does not tell
 */
public record Round(
        int files,
        long nanos,
        long firstJobNanos,
        long cpuNanos,
        long allocatedBytes,
        long peakHeapBytes,
        long writtenBytes) {

    /**
     * How quick it was.
     *
     * @return files per second
     */
    public double rate() {
        return files / (nanos / 1e9);
    }

    String toAnswer() {
        return Text.format(
                "%d %d %d %d %d %d %d",
                files, nanos, firstJobNanos, cpuNanos, allocatedBytes, peakHeapBytes, writtenBytes);
    }

    static Round ofAnswer(String answer) {
        long[] numbers =
                Arrays.stream(answer.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Round((int) numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
    }
}
