package io.batchengine.support;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.ForwardingBatchStore;
import io.batchengine.spi.store.Verdict;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store in memory that refuses what it does not like, each time that it is sent, and with it the whole call. */
public final class PickyStore extends ForwardingBatchStore {
    /** What it says where it refuses. */
    public enum Says {
        /** That it is about the content. */
        CONTENT_REFUSED,
        /** What it says in an outage too. */
        NOTHING
    }

    private final BatchStore real;
    private final Says says;
    private Predicate<BatchCommit> refuses = commit -> false;
    private Predicate<String> refusesText = text -> false;
    private int refusals;
    private boolean outage;

    /** A store that takes everything, until it is told otherwise. */
    public PickyStore(LongSupplier nanos, Says says) {
        this.real = new InMemoryBatchStore(nanos);
        this.says = says;
    }

    /** Refuses these commits. */
    public PickyStore refusing(Predicate<BatchCommit> which) {
        refuses = which;
        return this;
    }

    /** Refuses these texts, wherever they stand. */
    public PickyStore refusingText(Predicate<String> which) {
        refusesText = which;
        return refusing(commit -> texts(commit).anyMatch(which));
    }

    /** Whether a text has a character that is not in Latin-1. */
    public static boolean isForeign(String text) {
        return text.chars().anyMatch(c -> c > 0xff);
    }

    /** How many calls were refused. */
    public int refusals() {
        return refusals;
    }

    private static Stream<String> texts(BatchCommit commit) {
        Stream<@Nullable String> state = Stream.of(
                commit.listedTo(),
                commit.reason() == null ? null : commit.reason().message());
        Stream<@Nullable String> files =
                commit.settled().stream().flatMap(file -> Stream.of(file.jobId(), file.message()));
        Stream<String> ids = commit.pages().stream().flatMap(page -> page.fileIds().stream());
        return Stream.of(state, files, ids).flatMap(texts -> texts).filter(text -> text != null);
    }

    /** Tells each refusal as an outage. */
    public PickyStore asAnOutage() {
        outage = true;
        return this;
    }

    private RuntimeException refusal() {
        refusals++;
        if (outage) {
            return BatchEngineException.of(
                    ErrorCode.STORE_UNAVAILABLE, "the disk is full; the store goes on by itself");
        }
        return says == Says.CONTENT_REFUSED
                ? BatchEngineException.of(ErrorCode.CONTENT_REFUSED, "a value can't be kept")
                : new IllegalStateException("no");
    }

    @Override
    public CreateResult create(BatchRecord batch) {
        if (refusesText.test(batch.config().job().configurationId())) {
            throw refusal();
        }
        return real.create(batch);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        if (commits.stream().anyMatch(refuses)) {
            throw refusal();
        }
        return real.commit(commits);
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }
}
