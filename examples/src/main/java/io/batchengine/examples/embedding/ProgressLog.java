package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SettledFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that logs what happens to batches: each change of status, each file that failed, and how far a batch is, with counts, rate
 * and time left, at most once in an interval. The engine calls a listener one call after the other, so it needs no lock.
 */
public final class ProgressLog implements BatchListener {
    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);

    private final long intervalNanos;
    private final LongSupplier ticker;
    private final Map<String, Long> loggedAt = new HashMap<>(); // batches that have not ended

    /**
     * Logs to the logger of this class.
     *
     * @param interval how long to be silent on a batch's progress after it was logged
     * @param ticker nanoseconds, such as {@link System#nanoTime}
     */
    public ProgressLog(Duration interval, LongSupplier ticker) {
        this.intervalNanos = interval.toNanos();
        this.ticker = ticker;
    }

    /**
     * Runs a batch and logs its progress.
     *
     * @param args the directory
     */
    public static void main(String[] args) {
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded()))
                .listener(new ProgressLog(Duration.ofSeconds(1), System::nanoTime))
                .build()) {
            Batch batch = engine.batches().create("dir-inbox", JobType.of("noop_v1"), "cfg-default");
            Batch ended = engine.batches().await(batch.id(), Duration.ofMinutes(5));
            System.out.println(ended.id() + " is " + ended.status());
        }
    }

    @Override
    public void statusChanged(BatchEvent.StatusChanged event) {
        String id = event.batch().batchId();
        StatusReason reason = event.reason();
        if (reason == null) {
            log.info("{}: {}", id, event.status());
        } else {
            log.info("{}: {}, {}", id, event.status(), reason.message());
        }
        if (event.status().isTerminal()) {
            loggedAt.remove(id);
        }
    }

    @Override
    public void filesSettled(BatchEvent.FilesSettled event) {
        for (FileRecord file : event.files()) {
            SettledFile end = file.settled();
            if (end != null && end.outcome() != FileOutcome.SUCCEEDED) {
                log.warn("{}: {} {}: {}", file.batchId(), file.fileId(), end.outcome(), end.message());
            }
        }
    }

    @Override
    public void progressed(BatchEvent.Progressed event) {
        BatchProgress progress = event.progress();
        boolean ended = progress.status().isTerminal();
        long now = ticker.getAsLong();
        Long last = loggedAt.get(progress.batchId());
        if (ended || last == null || now - last >= intervalNanos) {
            log.info("{}: {}", progress.batchId(), describe(progress));
            if (!ended) {
                loggedAt.put(progress.batchId(), now);
            }
        }
    }

    static String describe(BatchProgress progress) {
        FileCounts counts = progress.counts();
        StringBuilder text = new StringBuilder(Text.format(
                "%d of %s%d files", counts.settled(), progress.listingEnded() ? "" : "at least ", counts.listed()));
        if (counts.failed() > 0) {
            text.append(", ").append(counts.failed()).append(" failed");
        }
        if (counts.mappingErrors() > 0) {
            text.append(", ").append(counts.mappingErrors()).append(" without a job");
        }
        text.append(String.format(Locale.ROOT, ", %.1f per second", progress.filesPerSecond()));
        Duration left = progress.timeLeft();
        if (left != null) {
            text.append(Text.format(", %d:%02d:%02d left", left.toHours(), left.toMinutesPart(), left.toSecondsPart()));
        }
        return text.toString();
    }
}
