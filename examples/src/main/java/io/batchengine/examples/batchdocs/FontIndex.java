package io.batchengine.examples.batchdocs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where PDFBox keeps its index of the system's fonts: by default in the user's home, where this program has no business. Here in a
 * directory of its own, for as long as the program runs.
 */
final class FontIndex {
    private FontIndex() {}

    static void create() {
        try {
            Path folder = Files.createTempDirectory("batch-docs-");
            System.setProperty("pdfbox.fontcache", folder.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "font-index"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(".pdfbox.cache"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // It is in the system's folder for such files, which is cleared.
        }
    }
}
