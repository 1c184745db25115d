package io.batchengine.jdbc.kill;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines; one that was not written to its end is none. */
final class WholeLines {
    private final Reader reader;
    private final StringBuilder line = new StringBuilder();

    WholeLines(Reader reader) {
        this.reader = reader;
    }

    /** The next line, or null at the end. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
        return null;
    }
}
