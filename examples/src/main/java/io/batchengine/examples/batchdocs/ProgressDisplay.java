package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchProgress;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** Draws how far a batch is, with rate and, once all files are listed, the time left. Gone when it is closed. */
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
    }

    @Override
    public void close() {
        bar.close();
    }
}
