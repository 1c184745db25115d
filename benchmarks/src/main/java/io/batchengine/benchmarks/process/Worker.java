package io.batchengine.benchmarks.process;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.benchmarks.lineup.Contenders;
import java.util.Arrays;
import java.util.List;

/**
 * The main class of a contender's process. Arguments: its label, its storage, how many threads. Commands: {@code run <files> <job kind>},
 * answered with a {@link Round}, and {@code clear}.
 */
public final class Worker implements CommandLoop.Handler {
    private final Contender contender;

    private Worker(Contender contender) {
        this.contender = contender;
    }

    /**
     * Serves.
     *
     * @param args label, storage, threads
     */
    public static void main(String[] args) {
        CommandLoop.serve(() -> {
            Storage storage = StorageText.read(args[1]);
            return new Worker(labelled(args[0]).open(storage, Integer.parseInt(args[2])));
        });
    }

    private static Contenders labelled(String label) {
        return Arrays.stream(Contenders.values())
                .filter(one -> one.label().equals(label))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no contender is called " + label));
    }

    @Override
    public String obey(List<String> words) throws Exception {
        if (words.get(0).equals("run")) {
            return run(Integer.parseInt(words.get(1)), JobKind.valueOf(words.get(2)))
                    .toAnswer();
        }
        if (words.get(0).equals("clear")) {
            contender.clear();
            return "cleared";
        }
        throw new IllegalArgumentException("no command: " + words);
    }

    private Round run(int files, JobKind kind) throws Exception {
        FileJob job = new FileJob(kind);
        System.gc(); // what the round before left is not paid for in this one
        Meter meter = Meter.start();
        long start = System.nanoTime();
        contender.run(files, job);
        long nanos = System.nanoTime() - start;
        return new Round(
                files,
                nanos,
                job.firstNanos() - start,
                meter.cpuNanos(),
                meter.allocatedBytes(),
                meter.peakHeapBytes(),
                meter.writtenBytes());
    }

    @Override
    public void end() throws Exception {
        contender.close();
    }
}
