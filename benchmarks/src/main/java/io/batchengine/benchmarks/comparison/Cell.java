package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.model.Text;
import java.util.List;

/**
 * What is measured of some contenders side by side.
 *
 * @param storage its name
 * @param job what is done for each file
 * @param files how many
 * @param threads that run jobs
 * @param contenders their labels
 */
record Cell(String storage, JobKind job, int files, int threads, List<String> contenders) {
    private static final int HUGE = 10_000_000;
    private static final String FEW_MEGABYTES =
            "-Xmx256m"; // the engine is given no ids ahead then, which at this size is fair
    private static final String MEGABYTES = "-Xmx1g";

    List<String> jvmOptions() {
        return List.of(files >= HUGE ? FEW_MEGABYTES : MEGABYTES);
    }

    @Override
    public String toString() {
        return Text.format("%s, %s, %,d files, %d threads", storage, job, files, threads);
    }
}
