package io.batchengine.testkit;

import io.batchengine.spi.SourceFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A file of a fixture that tells what a job does with it, under a name of the rule's own. */
final class WatchedFile implements SourceFile {
    private final SourceFile real;
    private final boolean withPath;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private String name;
    private final AtomicInteger failingOpens = new AtomicInteger();
    private volatile Runnable onOpen = () -> {};
    private volatile Runnable onEnd = () -> {};

    WatchedFile(SourceFile real, boolean withPath) {
        this.real = real;
        this.withPath = withPath;
        this.name = real.name();
    }

    WatchedFile called(String other) {
        name = other;
        return this;
    }

    /** Is gone for so many calls of {@link #open}. */
    WatchedFile failing(int opens) {
        failingOpens.set(opens);
        return this;
    }

    WatchedFile onOpen(Runnable action) {
        onOpen = action;
        return this;
    }

    /** When a stream has told that it is at its end. */
    WatchedFile onEnd(Runnable action) {
        onEnd = action;
        return this;
    }

    int opened() {
        return opened.get();
    }

    int openStreams() {
        return streams.get();
    }

    @Override
    public String id() {
        return "id-" + name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<Path> path() {
        return withPath ? real.path() : Optional.empty();
    }

    @Override
    public InputStream open() throws IOException {
        opened.incrementAndGet();
        if (failingOpens.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new NoSuchFileException(name, null, "is gone since it was listed");
        }
        InputStream content = real.open();
        streams.incrementAndGet();
        onOpen.run();
        return new Watched(content);
    }

    private final class Watched extends FilterInputStream {
        private boolean ended;
        private boolean closed;

        Watched(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            return read(super.read());
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            return read(super.read(buffer, from, length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                streams.decrementAndGet();
            }
            super.close();
        }

        private int read(int answer) {
            if (answer < 0 && !ended) {
                ended = true;
                onEnd.run();
            }
            return answer;
        }
    }
}
