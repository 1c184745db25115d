package io.batchengine.internal.engine.base;

import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.util.List;
import java.util.function.Supplier;

/** What a store warns of, whatever the store does when it is asked: health must answer. */
public final class StoreWarnings {
    private StoreWarnings() {}

    public static List<String> warnings(BatchStore store) {
        return printable(store::warnings);
    }

    /** The same for its notes. */
    public static List<String> notes(BatchStore store) {
        return printable(store::notes);
    }

    private static List<String> printable(Supplier<List<String>> told) {
        try {
            return told.get().stream().map(Text::printable).toList();
        } catch (Exception | LinkageError failure) {
            return List.of("the store can't say how it is: " + Text.describe(failure));
        }
    }
}
