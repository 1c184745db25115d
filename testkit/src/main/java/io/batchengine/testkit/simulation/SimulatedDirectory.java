package io.batchengine.testkit.simulation;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import io.batchengine.testkit.simulation.Plan.DirectorySpec;
import io.batchengine.testkit.simulation.Plan.Quirk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The directories of a plan, with what is wrong with them. */
final class SimulatedDirectory implements SourceDirectory {
    private final Map<String, DirectorySpec> specs = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();

    SimulatedDirectory(List<DirectorySpec> directories) {
        directories.forEach(spec -> specs.put(spec.id(), spec));
    }

    /** The ids of all files of a directory. */
    static List<String> ids(DirectorySpec spec) {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < spec.files(); number++) {
            ids.add(id(number));
        }
        return ids;
    }

    private static String id(int number) {
        return "f-" + (1_000 + number);
    }

    /** The number of a file. */
    static int number(String fileId) {
        return Integer.parseInt(fileId.substring(2)) - 1_000;
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return specs.containsKey(directoryId);
    }

    @Override
    public Listing list(ListRequest request) throws IOException {
        DirectorySpec spec = spec(request.directoryId());
        int listings = calls.merge(request.directoryId(), 1, Integer::sum);
        if (spec.quirk() == Quirk.FAILS_ALWAYS || (spec.quirk() == Quirk.FAILS_ONCE && listings == 1)) {
            throw new IOException("the directory can't be listed");
        }
        List<String> ids = ids(spec);
        if (spec.quirk() == Quirk.CHANGES) {
            ids.removeIf(id -> number(id) % (listings + 1) == 1);
        }
        request.afterId().ifPresent(after -> ids.removeIf(id -> Ids.compareUtf8(id, after) <= 0));
        return new PlannedListing(spec.quirk(), ids);
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        DirectorySpec spec = spec(request.directoryId());
        boolean there = number(request.fileId()) < spec.files();
        return there ? Optional.of(new PlannedFile(request.fileId())) : Optional.empty();
    }

    private DirectorySpec spec(String directoryId) {
        DirectorySpec spec = specs.get(directoryId);
        if (spec == null) {
            throw new IllegalArgumentException("no directory " + directoryId);
        }
        return spec;
    }

    private record PlannedFile(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }

    private static final class PlannedListing implements Listing {
        private final Quirk quirk;
        private final List<String> ids;
        private int pages;
        private int next;

        PlannedListing(Quirk quirk, List<String> ids) {
            this.quirk = quirk;
            this.ids = ids;
        }

        @Override
        @SuppressWarnings("NullAway") // null is one of the quirks
        public FilePage next(int limit) {
            pages++;
            if (quirk == Quirk.NULL_PAGE && pages == 2) {
                return null;
            }
            if (quirk == Quirk.EMPTY_FOR_EVER && next > 2) {
                return FilePage.of(List.of(), false);
            }
            if (quirk == Quirk.EMPTY_PAGES && pages % 2 == 1) {
                return FilePage.of(List.of(), false);
            }
            int size = quirk == Quirk.TOO_MANY && pages == 2 ? ids.size() : Math.min(limit, ids.size() - next);
            List<SourceFile> files = new ArrayList<>();
            for (int i = 0; i < size && next < ids.size(); i++) {
                files.add(new PlannedFile(ids.get(next)));
                if (quirk == Quirk.DUPLICATES && next % 3 == 1 && files.size() < limit) {
                    files.add(new PlannedFile(ids.get(next)));
                    i++;
                }
                next++;
            }
            if (quirk == Quirk.UNSORTED && pages == 2) {
                files.add(0, new PlannedFile(ids.get(0)));
            }
            if (quirk == Quirk.NULL_FILE && pages == 2) {
                files.add(null);
            }
            return FilePage.of(files, next >= ids.size());
        }

        @Override
        public void close() {}
    }
}
