package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Draws how far a batch is, with rate and, once all files are listed, the time left, and what it waits for. Gone when it is closed. */
final class ProgressDisplay implements BatchListener, AutoCloseable {
    // Given, so that nobody asks the terminal: the library that would do so takes Ctrl-C over.
    private static final int WIDTH = 79;
    private static final int UNKNOWN = -1;

    private final ProgressBar bar;

    ProgressDisplay(String task, PrintStream terminal) {
        bar = ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(UNKNOWN)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setUnit(" files", 1)
                .continuousUpdate() // while it waits, too
                .showSpeed()
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void progressed(BatchEvent.Progressed event) {
        BatchProgress progress = event.progress();
        bar.maxHint(progress.listingEnded() ? progress.counts().listed() : UNKNOWN);
        bar.stepTo(progress.counts().settled());
        bar.setExtraMessage(waitsFor(progress.reason()));
    }

    @Override
    public void statusChanged(BatchEvent.StatusChanged event) {
        bar.setExtraMessage(waitsFor(event.reason()));
    }

    /** What there is room for beside the rest; the command show tells all of it. */
    private static String waitsFor(@Nullable StatusReason reason) {
        if (reason == null) {
            return "";
        }
        return switch (reason.code()) {
            case PROJECT_RATE_LIMIT, JOB_TYPE_RATE_LIMIT -> " (rate limit)";
            case BACK_PRESSURE -> " (not now)";
            case STORE_UNAVAILABLE -> " (store)";
            case LISTING_FAILED, TOO_MANY_FILES, TOO_MANY_FAILURES -> "";
            default -> " (limit)";
        };
    }

    @Override
    public void close() {
        bar.close();
    }
}
