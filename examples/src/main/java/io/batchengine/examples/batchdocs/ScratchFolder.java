package io.batchengine.examples.batchdocs;

import io.batchengine.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where libraries keep files for as long as the program runs: PDFBox its index of the system's fonts, by default in the user's home,
 * where this program has no business; SQLite's driver its native library. What a killed process has left is removed by the next one.
 */
final class ScratchFolder {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Pattern NAME = Pattern.compile("batch-docs-([0-9]{1,10})-[0-9]+");

    private ScratchFolder() {}

    static void create() {
        try {
            removeAbandoned();
            Path folder = Files.createTempDirectory(
                    TEMPORARY,
                    Text.format("batch-docs-%d-", ProcessHandle.current().pid()));
            System.setProperty("pdfbox.fontcache", folder.toString());
            System.setProperty("org.sqlite.tmpdir", folder.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "scratch-folder"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeAbandoned() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(TEMPORARY, "batch-docs-*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
                if (name.matches()
                        && !Files.isSymbolicLink(folder)
                        && Files.isWritable(folder)
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    remove(folder);
                }
            }
        }
    }

    /** The files in it and then itself; what can't be removed is in the system's folder for such files, which is cleared. */
    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // As told above.
        }
    }
}
