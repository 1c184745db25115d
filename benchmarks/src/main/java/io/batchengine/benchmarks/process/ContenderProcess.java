package io.batchengine.benchmarks.process;

import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A contender in a process of its own. For one thread. */
public final class ContenderProcess implements AutoCloseable {
    private static final Duration CLEARING = Duration.ofMinutes(1);

    private final String label;
    private final WorkerProcess process;

    private ContenderProcess(String label, WorkerProcess process) {
        this.label = label;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param label which contender
     * @param storage where it keeps results
     * @param threads that run jobs
     * @param java what it runs on
     * @param options of its JVM
     * @return the process
     * @throws IOException if it can't be started
     * @throws WorkerFailure if it does not open
     */
    public static ContenderProcess start(
            String label, Storage storage, int threads, JavaRuntime java, List<String> options)
            throws IOException, WorkerFailure {
        List<String> arguments = List.of(label, StorageText.of(storage), Integer.toString(threads));
        return new ContenderProcess(label, WorkerProcess.start(label, java, options, Worker.class, arguments));
    }

    /**
     * Who it is.
     *
     * @return its label
     */
    public String label() {
        return label;
    }

    /**
     * Runs a round, then takes away what it left.
     *
     * @param files how many
     * @param kind what is done for each
     * @param limit how long it may take; then it is killed
     * @return what it took
     * @throws WorkerFailure if it failed, died, or took longer
     */
    public Round round(int files, JobKind kind, Duration limit) throws WorkerFailure {
        Round round = Round.ofAnswer(process.ask(Text.format("run %d %s", files, kind), limit));
        String unused = process.ask("clear", CLEARING);
        return round;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
