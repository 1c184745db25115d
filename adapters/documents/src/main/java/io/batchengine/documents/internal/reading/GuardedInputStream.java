package io.batchengine.documents.internal.reading;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream each of whose reads is a step of the guard, so that a library that loops over it can be stopped. */
final class GuardedInputStream extends FilterInputStream {
    private final ReadingGuard guard;

    GuardedInputStream(InputStream in, ReadingGuard guard) {
        super(in);
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        guard.check();
        return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        guard.checkNow();
        return in.read(buffer, offset, length);
    }
}
