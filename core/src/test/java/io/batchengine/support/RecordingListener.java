package io.batchengine.support;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import java.util.ArrayList;
import java.util.List;

/** Remembers every event. */
public final class RecordingListener implements BatchListener {
    private final List<BatchEvent> events = new ArrayList<>();

    @Override
    public synchronized void statusChanged(BatchEvent.StatusChanged event) {
        events.add(event);
    }

    @Override
    public synchronized void filesSettled(BatchEvent.FilesSettled event) {
        events.add(event);
    }

    @Override
    public synchronized void progressed(BatchEvent.Progressed event) {
        events.add(event);
    }

    /** All events so far. */
    public synchronized List<BatchEvent> events() {
        return List.copyOf(events);
    }

    /** The statuses of a batch so far. */
    public List<BatchStatus> statuses(String batchId) {
        return events().stream()
                .filter(event -> event.batch().batchId().equals(batchId))
                .filter(BatchEvent.StatusChanged.class::isInstance)
                .map(event -> ((BatchEvent.StatusChanged) event).status())
                .toList();
    }

    /** The ids of the files of a batch that were told as settled, in order. */
    public List<String> settled(String batchId) {
        return events().stream()
                .filter(event -> event.batch().batchId().equals(batchId))
                .filter(BatchEvent.FilesSettled.class::isInstance)
                .flatMap(event -> ((BatchEvent.FilesSettled) event).files().stream())
                .map(file -> file.fileId())
                .toList();
    }
}
