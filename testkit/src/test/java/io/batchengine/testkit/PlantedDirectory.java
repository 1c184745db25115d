package io.batchengine.testkit;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A source directory with one planted bug, or none. */
final class PlantedDirectory implements SourceDirectory, SourceDirectoryFixture {
    enum Bug {
        NONE,
        ORDER_OF_UTF_16,
        BEGINS_AT_THE_TOKEN,
        PAGES_BY_OFFSET,
        LIMIT_IGNORED,
        LAST_FLAG_MISSING_FILES,
        TOKEN_OF_GONE_FILE_FAILS,
        ONE_LISTING_FOR_ALL,
        STRANGERS_SEE_IT,
        UNKNOWN_DIRECTORY_IS_EMPTY,
        GONE_FILE_IS_EMPTY,
        FINDS_ANYTHING,
        NAMES_LOSE_CASE
    }

    private final Bug bug;
    private final Set<String> names;
    private int shared;

    PlantedDirectory(Bug bug, List<String> given) {
        this.bug = bug;
        Comparator<String> order = bug == Bug.ORDER_OF_UTF_16 ? Comparator.naturalOrder() : Ids::compareUtf8;
        this.names = new ConcurrentSkipListSet<>(
                bug == Bug.NAMES_LOSE_CASE ? String.CASE_INSENSITIVE_ORDER.thenComparing(Ids::compareUtf8) : order);
        names.addAll(given);
    }

    @Override
    public SourceDirectory source() {
        return this;
    }

    @Override
    public String directoryId() {
        return "dir-planted";
    }

    @Override
    public Optional<Scope> stranger() {
        return Optional.of(Scope.ofProject("prj-stranger"));
    }

    @Override
    public boolean add(String name) {
        return names.add(name);
    }

    @Override
    public boolean remove(String name) {
        return names.remove(name);
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directoryId.equals("dir-planted")
                && (bug == Bug.STRANGERS_SEE_IT || scope.projectId().equals("prj-contract"));
    }

    @Override
    public Listing list(ListRequest request) {
        if (!exists(request.scope(), request.directoryId()) && bug != Bug.UNKNOWN_DIRECTORY_IS_EMPTY) {
            throw new IllegalStateException("no such directory");
        }
        String after = request.afterId().orElse("");
        if (bug == Bug.TOKEN_OF_GONE_FILE_FAILS && !after.isEmpty() && !names.contains(after)) {
            throw new IllegalStateException("no such token");
        }
        shared = 0;
        return new Pages(exists(request.scope(), request.directoryId()), after);
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        boolean found = exists(request.scope(), request.directoryId()) && names.contains(request.fileId());
        return found || bug == Bug.FINDS_ANYTHING ? Optional.of(new Entry(request.fileId())) : Optional.empty();
    }

    private final class Pages implements Listing {
        private final boolean there;
        private final String after;
        private String last;
        private int own;

        Pages(boolean there, String after) {
            this.there = there;
            this.after = after;
            this.last = after;
        }

        @Override
        public FilePage next(int limit) {
            String token = bug == Bug.PAGES_BY_OFFSET || bug == Bug.ONE_LISTING_FOR_ALL ? after : last;
            int least = bug == Bug.BEGINS_AT_THE_TOKEN && last.equals(after) ? 0 : 1;
            List<SourceFile> rest = new ArrayList<>();
            for (String name : there ? names : Set.<String>of()) {
                boolean behind = bug == Bug.ORDER_OF_UTF_16
                        ? name.compareTo(token) > 0
                        : token.isEmpty() || Ids.compareUtf8(name, token) >= least;
                if (behind) {
                    rest.add(new Entry(name));
                }
            }
            int skip = bug == Bug.PAGES_BY_OFFSET ? own : bug == Bug.ONE_LISTING_FOR_ALL ? shared : 0;
            int from = Math.min(skip, rest.size());
            int bound = bug == Bug.LIMIT_IGNORED ? rest.size() : limit;
            List<SourceFile> page = List.copyOf(rest.subList(from, (int) Math.min((long) from + bound, rest.size())));
            own += page.size();
            shared += page.size();
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
            boolean ends = from + page.size() == rest.size();
            return FilePage.of(page, ends || (bug == Bug.LAST_FLAG_MISSING_FILES && page.size() > 50));
        }

        @Override
        public void close() {}
    }

    private final class Entry implements SourceFile {
        private final String id;

        Entry(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String name() {
            return bug == Bug.NAMES_LOSE_CASE ? id.toLowerCase(Locale.ROOT) : id;
        }

        @Override
        public InputStream open() throws IOException {
            boolean gone = !names.contains(id);
            if (gone && bug != Bug.GONE_FILE_IS_EMPTY) {
                throw new NoSuchFileException(id);
            }
            return new ByteArrayInputStream(gone ? new byte[0] : SourceDirectoryContract.contentOf(id));
        }
    }
}
