package io.batchengine.testkit.fault;

import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A source directory whose calls, and those of its listings and files, go wrong. */
record FaultyDirectory(SourceDirectory real, Faults faults) implements SourceDirectory {
    @Override
    public boolean exists(Scope scope, String directoryId) {
        return faults.call(Call.DIRECTORY_EXISTS, () -> real.exists(scope, directoryId));
    }

    @Override
    public Listing list(ListRequest request) {
        return faults.call(Call.DIRECTORY_LIST, () -> new FaultyListing(real.list(request), faults));
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        return faults.call(Call.DIRECTORY_FIND, () -> real.find(request).map(file -> new FaultyFile(file, faults)));
    }

    /** A listing of it. */
    private record FaultyListing(Listing real, Faults faults) implements Listing {
        @Override
        public FilePage next(int limit) {
            return faults.call(Call.LISTING_NEXT, () -> {
                FilePage page = real.next(limit);
                return FilePage.of(
                        page.files().stream()
                                .map(file -> new FaultyFile(file, faults))
                                .toList(),
                        page.last());
            });
        }

        @Override
        public void close() {
            faults.call(Call.LISTING_CLOSE, () -> {
                real.close();
                return true;
            });
        }
    }

    /** A file of it. */
    private record FaultyFile(SourceFile real, Faults faults) implements SourceFile {
        @Override
        public String id() {
            return real.id();
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public OptionalLong size() {
            return real.size();
        }

        @Override
        public InputStream open() {
            return faults.call(Call.FILE_OPEN, real::open);
        }

        @Override
        public Optional<String> unreadable() {
            return real.unreadable();
        }

        @Override
        public Optional<Path> path() {
            return real.path();
        }
    }
}
