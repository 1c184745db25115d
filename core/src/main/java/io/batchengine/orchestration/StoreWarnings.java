package io.batchengine.orchestration;

import io.batchengine.model.Text;
import io.batchengine.spi.BatchStore;
import java.util.List;

/** What a store warns of, whatever the store does when it is asked: health must answer. */
final class StoreWarnings {
    private StoreWarnings() {}

    static List<String> of(BatchStore store) {
        try {
            return store.warnings().stream().map(Text::printable).toList();
        } catch (Exception | LinkageError failure) {
            return List.of("the store can't say how it is: " + Text.describe(failure));
        }
    }
}
