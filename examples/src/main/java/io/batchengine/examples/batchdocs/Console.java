package io.batchengine.examples.batchdocs;

import io.batchengine.model.Text;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the program writes: always UTF-8, whatever the locale.
 *
 * @param data standard output as bytes, for JSON
 * @param out standard output
 * @param err standard error
 * @param interactive whether standard error is a terminal, so that progress may be drawn there
 */
record Console(OutputStream data, PrintStream out, PrintStream err, boolean interactive) {
    /** The process's own streams. */
    static Console ofProcess() {
        return of(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), isTerminal(2));
    }

    static Console of(OutputStream out, OutputStream err, boolean interactive) {
        OutputStream data = new BufferedOutputStream(out, 1 << 16);
        return new Console(
                data,
                new PrintStream(data, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
    }

    /** One line of error, whatever the message holds. */
    void error(String message) {
        out.flush();
        err.println("batch-docs: " + Text.printable(message));
    }

    /** Asks the system, as java.io.Console means input and output together, and not the same in all Java versions. */
    private static boolean isTerminal(int descriptor) {
        try {
            return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) { // a system without this program
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
