package io.batchengine.testkit.fault;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;

/**
 * A source directory that holds its caller to the contract: a listing is read by one thread at a time, not behind its last page, a failure or
 * its end, and is closed once; it goes on behind, and a file is found by, an id that was listed before. Share one instance between the
 * engines of a test.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class CheckedSourceDirectory implements SourceDirectory {
    private final SourceDirectory real;
    private final Violations violations;
    private final Set<Listed> listed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();

    private record Listed(String projectId, String directoryId, String fileId) {}

    /**
     * A checked source directory.
     *
     * @param real the real one
     * @param violations where violations are recorded
     */
    public CheckedSourceDirectory(SourceDirectory real, Violations violations) {
        this.real = real;
        this.violations = violations;
    }

    /**
     * Tells of a file that was listed without this instance, by an engine of an earlier process.
     *
     * @param scope on whose behalf
     * @param directoryId the directory
     * @param fileId the file's id
     */
    public void listedBefore(Scope scope, String directoryId, String fileId) {
        listed.add(new Listed(scope.projectId(), directoryId, fileId));
    }

    /**
     * Listings that were opened and not closed.
     *
     * @return how many
     */
    public int openListings() {
        return open.get();
    }

    @Override
    public boolean exists(Scope scope, String directoryId) throws Exception {
        requireDirectory("exists", directoryId);
        return real.exists(scope, directoryId);
    }

    @Override
    public Listing list(ListRequest request) throws Exception {
        requireDirectory("list", request.directoryId());
        if (request.afterId().isPresent()) {
            requireListed(
                    "list",
                    request.scope(),
                    request.directoryId(),
                    request.afterId().get());
        }
        Listing listing = real.list(request);
        open.incrementAndGet();
        return new CheckedListing(listing, request.scope(), request.directoryId());
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) throws Exception {
        requireDirectory("find", request.directoryId());
        requireListed("find", request.scope(), request.directoryId(), request.fileId());
        return real.find(request);
    }

    private void requireDirectory(String call, String directoryId) {
        String fault = Ids.fault(directoryId, Ids.MAX_FILE_ID_LENGTH);
        if (fault != null) {
            violations.check(Text.format("%s: the directory id %s %s", call, Text.quote(directoryId), fault));
        }
    }

    private void requireListed(String call, Scope scope, String directoryId, String fileId) {
        if (!listed.contains(new Listed(scope.projectId(), directoryId, fileId))) {
            violations.check(Text.format(
                    "%s: the id %s was never listed in %s", call, Text.quote(fileId), Text.quote(directoryId)));
        }
    }

    /**
     * OPEN -> READING (next), READING -> OPEN (a page) | ENDED (the last page, a failure), OPEN | ENDED -> CLOSED (close).
     */
    private final class CheckedListing implements Listing {
        private enum State {
            OPEN,
            READING,
            ENDED,
            CLOSED
        }

        private final Listing real;
        private final Scope scope;
        private final String directoryId;
        private State state = State.OPEN; // guarded by this

        CheckedListing(Listing real, Scope scope, String directoryId) {
            this.real = real;
            this.scope = scope;
            this.directoryId = directoryId;
        }

        @Override
        public FilePage next(int limit) throws Exception {
            violations.require(limit >= 1, "next: limit %d is below 1", limit);
            move("next", State.READING, Set.of(State.OPEN));
            boolean goesOn = false;
            try {
                FilePage page = real.next(limit);
                page.files().forEach(file -> listedBefore(scope, directoryId, file.id()));
                goesOn = !page.last();
                return page;
            } finally {
                move("next", goesOn ? State.OPEN : State.ENDED, Set.of(State.READING));
            }
        }

        @Override
        public void close() {
            move("close", State.CLOSED, Set.of(State.OPEN, State.ENDED));
            open.decrementAndGet();
            real.close();
        }

        private synchronized void move(String call, State next, Set<State> from) {
            if (!from.contains(state)) {
                violations.check(Text.format("%s of a listing of %s that is %s", call, Text.quote(directoryId), state));
            }
            state = next;
        }
    }
}
