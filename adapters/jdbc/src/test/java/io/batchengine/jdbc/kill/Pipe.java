package io.batchengine.jdbc.kill;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A child's way to its parent: each call is one write of whole lines to the standard output, with nothing buffered. */
final class Pipe {
    private final OutputStream out;

    Pipe(OutputStream out) {
        this.out = out;
    }

    static Pipe ofThisProcess() {
        return new Pipe(new FileOutputStream(FileDescriptor.out));
    }

    void say(LedgerLine line) {
        say(List.of(line));
    }

    synchronized void say(List<? extends LedgerLine> lines) {
        try {
            out.write(lines.stream()
                    .map(line -> line.text() + "\n")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
