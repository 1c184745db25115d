package io.batchengine.benchmarks;

import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A source directory of files without content, so that both sides of a comparison find the same. */
public final class NoOpFiles implements SourceDirectory {
    /** The one directory. */
    public static final String DIRECTORY = "dir-generated";

    private static final String PREFIX = "dfl-document-";
    private static final String SUFFIX = ".pdf";

    /** A file without content. */
    record NoOpFile(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }

    private final List<NoOpFile> files;

    private NoOpFiles(List<NoOpFile> files) {
        this.files = files;
    }

    /** Files that exist before the clock starts. */
    public static NoOpFiles prepared(int count) {
        return new NoOpFiles(IntStream.range(0, count).mapToObj(NoOpFiles::file).toList());
    }

    /** Files that are made when they are listed, so that they need no memory. */
    public static NoOpFiles generated(int count) {
        return new NoOpFiles(new AbstractList<>() {
            @Override
            public NoOpFile get(int index) {
                return file(index);
            }

            @Override
            public int size() {
                return count;
            }
        });
    }

    /** Their ids, in the order of the listing. */
    public List<String> ids() {
        return files.stream().map(NoOpFile::id).toList();
    }

    /** The files themselves, in the same order. */
    public List<? extends SourceFile> files() {
        return files;
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directoryId.equals(DIRECTORY);
    }

    @Override
    public Listing list(ListRequest request) {
        return new Listing() {
            private int next = request.afterId().map(id -> indexOf(id) + 1).orElse(0);

            @Override
            public FilePage next(int limit) {
                int end = Math.min(files.size(), next + limit);
                List<NoOpFile> page = List.copyOf(files.subList(next, end));
                next = end;
                return FilePage.of(page, end == files.size());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        return Optional.of(files.get(indexOf(request.fileId())));
    }

    private static NoOpFile file(int index) {
        return new NoOpFile(PREFIX + Integer.toString(100_000_000 + index).substring(1) + SUFFIX);
    }

    private static int indexOf(String fileId) {
        return Integer.parseInt(fileId.substring(PREFIX.length(), fileId.length() - SUFFIX.length()));
    }
}
