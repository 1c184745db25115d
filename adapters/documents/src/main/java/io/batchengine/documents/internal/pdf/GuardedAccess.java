package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/** The bytes of a PDF, each reading of which is a step of the guard: a broken PDF may make its parser search for long. */
final class GuardedAccess implements RandomAccessRead {
    private final RandomAccessRead bytes;
    private final ReadingGuard guard;

    GuardedAccess(RandomAccessRead bytes, ReadingGuard guard) {
        this.bytes = bytes;
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        guard.check();
        return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        guard.check();
        return bytes.read(buffer, offset, length);
    }

    @Override
    public long getPosition() throws IOException {
        return bytes.getPosition();
    }

    @Override
    public void seek(long position) throws IOException {
        guard.check();
        bytes.seek(position);
    }

    @Override
    public long length() throws IOException {
        return bytes.length();
    }

    @Override
    public boolean isClosed() {
        return bytes.isClosed();
    }

    @Override
    public boolean isEOF() throws IOException {
        return bytes.isEOF();
    }

    @Override
    public RandomAccessReadView createView(long start, long length) {
        return new RandomAccessReadView(this, start, length);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
