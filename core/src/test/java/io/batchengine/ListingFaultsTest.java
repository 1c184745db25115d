package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a source directory does, its batch ends, says why, and keeps what it has; no other batch notices. */
class ListingFaultsTest {
    private final ManualMachine machine = new ManualMachine();

    private static Stream<Arguments> againstTheContract() {
        return Stream.of(
                fault("a null page", (limit, call) -> nothing(), "null instead of a page"),
                fault(
                        "a page with null files",
                        (limit, call) -> FilePage.of(nothing(), true),
                        "null instead of a page"),
                fault(
                        "a null file",
                        (limit, call) -> FilePage.of(Collections.singletonList(nothing()), true),
                        "null instead of a file"),
                fault("a null id", (limit, call) -> page(true, new Entry(nothing())), "id null is missing"),
                fault("an empty id", (limit, call) -> page(true, new Entry("")), "is empty"),
                fault("an id with a NUL", (limit, call) -> page(true, new Entry("a\0")), "NUL"),
                fault("an id of 4,097 characters", (limit, call) -> page(true, new Entry("x".repeat(4_097))), "4097"),
                fault("an unpaired surrogate", (limit, call) -> page(true, new Entry("\ud800")), "unpaired surrogate"),
                fault(
                        "descending ids",
                        (limit, call) -> page(true, new Entry("b"), new Entry("a")),
                        "\"a\" behind \"b\""),
                fault(
                        "a page that begins again",
                        (limit, call) -> page(false, new Entry("a"), new Entry("b")),
                        "\"a\" behind \"b\""),
                fault(
                        "a million ids in a page",
                        (limit, call) -> page(
                                true,
                                IntStream.range(0, 1_000_000)
                                        .mapToObj(n -> new Entry(Text.format("f-%08d", n)))
                                        .toArray(Entry[]::new)),
                        "1000000 files where at most"),
                fault("the same id for ever", (limit, call) -> page(false, new Entry("a")), "without a new file"),
                fault("empty pages for ever", (limit, call) -> page(false), "without a new file"),
                fault("an id() that throws", (limit, call) -> page(true, new Thrower()), "IllegalStateException"),
                fault(
                        "an Error",
                        (limit, call) -> {
                            throw new StackOverflowError();
                        },
                        "StackOverflowError"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("againstTheContract")
    void a_listing_with(String what, Pages pages, String reason) {
        FakeDirectory directory = new FakeDirectory(pages);
        BatchEngine engine = engine(directory);
        String id = engine.batches().create("dir-bad", TYPE, "cfg").id();
        String other = engine.batches().create("dir-good", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal()
                && engine.batches().get(other).status().isTerminal());

        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
        StatusReason why = engine.batches().progress(id).reason();
        assertThat(why).isNotNull();
        assertThat(why.code()).isEqualTo(StatusReason.Code.LISTING_FAILED);
        assertThat(why.message()).contains(reason);
        assertThat(engine.batches().get(id, Expand.RESULTS).results()).isNull();
        assertThat(engine.batches().get(other).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(directory.open).hasValue(0);
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void a_listing_that_fails_for_a_while_is_opened_again_behind_the_last_file() {
        List<Optional<String>> opened = new ArrayList<>();
        BatchEngine engine = engine(new FakeDirectory(opened::add, (limit, call) -> switch (call) {
            case 1 -> page(false, new Entry("a"), new Entry("b"));
            case 4 -> page(false, new Entry("c"));
            case 6 -> page(true, new Entry("d"));
            default -> throw new IOException("try again");
        }));
        String id = engine.batches().create("dir-bad", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().results(id).map(BatchResult::sourceDirectoryFileId))
                .containsExactly("a", "b", "c", "d");
        assertThat(opened).containsExactly(Optional.empty(), Optional.of("b"), Optional.of("b"), Optional.of("c"));
    }

    @Test
    void a_listing_that_never_answers_again_fails_its_batch_and_keeps_what_was_settled() {
        BatchEngine engine = engine(new FakeDirectory((limit, call) -> {
            if (call == 1) {
                return page(false, new Entry("a"), new Entry("b"));
            }
            throw new IOException("share is gone");
        }));
        String id = engine.batches().create("dir-bad", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
        assertThat(engine.batches().progress(id).reason())
                .isNotNull()
                .satisfies(why -> assertThat(why.message()).isEqualTo("listing failed: IOException: share is gone"));
        assertThat(engine.batches().results(id)).hasSize(2);
    }

    @Test
    void a_listing_that_does_not_return_is_told_while_it_lasts() {
        BatchEngine[] engine = new BatchEngine[1];
        List<List<String>> told = new ArrayList<>();
        engine[0] = engine(new FakeDirectory((limit, call) -> {
            told.add(engine[0].health().problems());
            machine.spend(Duration.ofSeconds(30));
            told.add(engine[0].health().problems());
            return page(true, new Entry("a"));
        }));
        String id = engine[0].batches().create("dir-bad", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine[0].batches().get(id).status().isTerminal());
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEmpty();
        assertThat(told.get(1))
                .anySatisfy(problem -> assertThat(problem).contains(id).contains("30 seconds"));
        assertThat(engine[0].health().problems()).isEmpty();
    }

    @Test
    void an_answer_of_null_for_a_listing_fails_the_batch() {
        BatchEngine engine = engine(new FakeDirectory(after -> {}, null));
        String id = engine.batches().create("dir-bad", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        assertThat(engine.batches().progress(id).reason())
                .isNotNull()
                .satisfies(why -> assertThat(why.message()).contains("null instead of a listing"));
    }

    @Test
    void a_file_that_can_not_be_represented_is_a_mapping_error_not_skipped() {
        BatchEngine engine = engine(
                new FakeDirectory((limit, call) -> page(true, new Entry("a"), new Unreadable("b"), new Entry("c"))));
        String id = engine.batches().create("dir-bad", TYPE, "cfg").id();
        machine.run();
        List<BatchResult> results = engine.batches().results(id).toList();
        assertThat(results).hasSize(3);
        assertThat(results.get(1).errorMessage()).isEqualTo("its name is no name");
    }

    @Test
    void a_file_that_throws_when_it_is_asked_is_a_mapping_error() {
        BatchEngine engine =
                engine(new FakeDirectory((limit, call) -> page(true, new Entry("a"), new Asked("b"), new Entry("c"))));
        String id = engine.batches().create("dir-bad", TYPE, "cfg").id();
        machine.run();
        List<BatchResult> results = engine.batches().results(id).toList();
        assertThat(results).hasSize(3);
        assertThat(results.get(1).errorMessage()).isEqualTo("IllegalStateException: ask another");
    }

    @Test
    void more_files_than_allowed_fail_the_batch_with_the_limit() {
        BatchEngine engine = engine(new FakeDirectory((limit, call) -> page(true, new Entry("a"), new Entry("b"))));
        String id = engine.batches()
                .create(CreateBatch.of("dir-bad", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withMaxFiles(1)))
                .id();
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.FAILED);
        assertThat(engine.batches().progress(id).reason()).isNotNull().satisfies(why -> {
            assertThat(why.code()).isEqualTo(StatusReason.Code.TOO_MANY_FILES);
            assertThat(why.message()).contains("more than the 1 files");
        });
    }

    private BatchEngine engine(SourceDirectory directory) {
        return machine.engine()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
    }

    /** The answer to the n-th call, from 1. */
    @FunctionalInterface
    private interface Pages {
        FilePage next(int limit, int call) throws Exception;
    }

    private static Arguments fault(String what, Pages pages, String reason) {
        return Arguments.of(what, pages, reason);
    }

    private static FilePage page(boolean last, SourceFile... files) {
        return FilePage.of(List.of(files), last);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a plug-in against its contract gives
    private static <T> T nothing() {
        return null;
    }

    private static class Entry implements SourceFile {
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
            return id;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }

    private static final class Thrower extends Entry {
        Thrower() {
            super("x");
        }

        @Override
        public String id() {
            throw new IllegalStateException("no id");
        }
    }

    private static final class Asked extends Entry {
        Asked(String id) {
            super(id);
        }

        @Override
        public Optional<String> unreadable() {
            throw new IllegalStateException("ask another");
        }
    }

    private static final class Unreadable extends Entry {
        Unreadable(String id) {
            super(id);
        }

        @Override
        public Optional<String> unreadable() {
            return Optional.of("its name is no name");
        }
    }

    /** A good directory beside one whose listing is as a test wants it; null for a directory that answers null. */
    private static final class FakeDirectory implements SourceDirectory {
        final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();
        private final Consumer<Optional<String>> opened;
        private final @Nullable Pages pages;
        private final ListedDirectory good = new ListedDirectory().with("dir-good", "g");

        FakeDirectory(Pages pages) {
            this(after -> {}, pages);
        }

        FakeDirectory(Consumer<Optional<String>> opened, @Nullable Pages pages) {
            this.opened = opened;
            this.pages = pages;
        }

        @Override
        public boolean exists(Scope scope, String directoryId) {
            return true;
        }

        @Override
        public Listing list(ListRequest request) {
            if (request.directoryId().equals("dir-good")) {
                return good.list(request);
            }
            opened.accept(request.afterId());
            Pages answers = pages;
            if (answers == null) {
                return nothing();
            }
            open.incrementAndGet();
            return new Listing() {
                @Override
                public FilePage next(int limit) throws Exception {
                    return answers.next(limit, calls.incrementAndGet());
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                    throw new IllegalStateException("a close that throws is logged and ignored");
                }
            };
        }

        @Override
        public Optional<SourceFile> find(FileRequest request) {
            return Optional.empty();
        }
    }
}
