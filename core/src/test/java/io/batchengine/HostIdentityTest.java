package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.TestFactories;
import io.batchengine.support.Visitor;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** What threads of the host carry (identity, class loader, logging context) stays on them, and can be collected after their calls. */
class HostIdentityTest {
    private static final ClassLoader LIBRARY = BatchEngine.class.getClassLoader();

    enum Pool {
        OWN,
        OWN_ONE_BY_ONE,
        VIRTUAL,
        OF_THE_USER,
        OF_THE_USER_BOTH,
        INLINE;

        @Nullable
        ExecutorService users() {
            return this == OF_THE_USER || this == OF_THE_USER_BOTH ? Executors.newCachedThreadPool() : null;
        }

        BatchEngineBuilder on(BatchEngineBuilder builder, @Nullable ExecutorService users) {
            return switch (this) {
                case OWN -> builder.threads(3);
                case OWN_ONE_BY_ONE -> builder.threads(3).environment(own -> own.withStepsPerTask(1));
                case VIRTUAL -> builder.virtualThreads();
                case OF_THE_USER -> builder.executor(requireUsers(users), 3);
                case OF_THE_USER_BOTH ->
                    builder.executor(requireUsers(users), 3).orchestrationExecutor(requireUsers(users));
                case INLINE -> builder.executor(Runnable::run, 3);
            };
        }

        private static ExecutorService requireUsers(@Nullable ExecutorService users) {
            return Objects.requireNonNull(users);
        }
    }

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<ExecutorService> pools = new ArrayList<>();
    private final ListedDirectory directory = new ListedDirectory().generating("dir-a", 200);

    @AfterEach
    void end() {
        pools.forEach(ExecutorService::shutdownNow);
        MDC.clear();
    }

    @ParameterizedTest
    @EnumSource
    void no_job_and_no_listener_sees_who_called_and_every_caller_s_loader_is_collected(Pool pool) throws Exception {
        assumeTrue(pool != Pool.VIRTUAL || Runtime.version().feature() >= 21);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        BatchEngine engine = engine(pool, builder -> builder);
        try {
            for (String caller : List.of("alice", "bob", "carol")) {
                loaders.add(new WeakReference<>(Visitor.visit(caller, () -> use(engine, caller))));
            }
            assertThat(seen).isEmpty();
            assertThat(engine.health().problems()).isEmpty();
            assertCollected(loaders); // while the engine lives
        } finally {
            engine.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_engine_that_a_caller_builds_sees_nothing_of_it_and_frees_it_when_closed(Pool pool) throws Exception {
        assumeTrue(pool != Pool.VIRTUAL || Runtime.version().feature() >= 21);
        BatchEngine[] built = new BatchEngine[1];
        WeakReference<ClassLoader> loader = new WeakReference<>(Visitor.visit("dave", () -> {
            BatchEngine engine = engine(pool, builder -> builder);
            use(engine, "dave");
            engine.close();
            built[0] = engine;
        }));
        assertThat(seen).isEmpty();
        assertCollected(List.of(loader));
        assertThat(built[0].health().status()).isEqualTo(EngineHealth.Status.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"OWN", "VIRTUAL"})
    void jobs_have_the_loader_that_the_builder_is_given_until_the_engine_closes(Pool pool) throws Exception {
        assumeTrue(pool != Pool.VIRTUAL || Runtime.version().feature() >= 21);
        WeakReference<ClassLoader> given = new WeakReference<>(useLoaderOfUser(pool));
        assertCollected(List.of(given));
    }

    private ClassLoader useLoaderOfUser(Pool pool) {
        URLClassLoader given = new URLClassLoader("given", new URL[0], LIBRARY);
        Set<ClassLoader> used = ConcurrentHashMap.newKeySet();
        BatchEngine engine = pool.on(BatchEngine.builder(), null)
                .contextClassLoader(given)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    used.add(Thread.currentThread().getContextClassLoader());
                    return Outcome.succeeded();
                }))))
                .build();
        use(engine, "erin");
        engine.close();
        assertThat(used).containsExactly(given);
        return given;
    }

    @Test
    void a_loader_that_a_job_leaves_behind_is_not_seen_by_the_next() {
        List<ClassLoader> found = new ArrayList<>();
        try (BatchEngine engine = BatchEngine.builder()
                .threads(1)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    found.add(Thread.currentThread().getContextClassLoader());
                    Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], LIBRARY));
                    return Outcome.succeeded();
                }))))
                .build()) {
            use(engine, "frank");
        }
        assertThat(found).hasSize(200).containsOnly(LIBRARY);
    }

    @Test
    void what_a_listener_leaves_in_the_logging_context_is_seen_by_nobody_else() {
        Set<String> left = ConcurrentHashMap.newKeySet();
        BatchListener leaving = new BatchListener() {
            @Override
            public void statusChanged(BatchEvent.StatusChanged event) {
                String before = MDC.get("tenant");
                if (before != null) {
                    left.add(before);
                }
                MDC.put("tenant", event.batch().batchId());
                Thread.currentThread().setContextClassLoader(null);
            }
        };
        try (BatchEngine engine = engine(Pool.OWN, builder -> builder.listener(leaving))) {
            use(engine, "grace");
            use(engine, "heidi");
        }
        assertThat(left).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void the_end_of_an_asynchronous_job_on_a_thread_of_the_user_carries_nothing_to_the_next_job() throws Exception {
        Executor users = task -> new Thread(task, "of-the-user").start(); // inherits from whoever submits
        List<CompletableFuture<Outcome>> running = Collections.synchronizedList(new ArrayList<>());
        try (BatchEngine engine = BatchEngine.builder()
                .executor(users, 2)
                .maxInFlight(1)
                .sourceDirectory(new ListedDirectory().with("dir-a", "a", "b", "c"))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    look("job");
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    running.add(end);
                    return end;
                }))))
                .build()) {
            String id = engine.batches().create("dir-a", TYPE, "cfg").id();
            for (int i = 0; i < 3; i++) {
                int index = i;
                Awaitility.await().until(() -> running.size() > index);
                Visitor.visit("ivan-" + i, () -> running.get(index).complete(Outcome.succeeded()));
            }
            assertThat(engine.batches().await(id, Duration.ofSeconds(30)).status())
                    .isEqualTo(BatchStatus.COMPLETED);
        }
        assertThat(seen).isEmpty();
    }

    private BatchEngine engine(Pool pool, UnaryOperator<BatchEngineBuilder> more) {
        ExecutorService users = pool.users();
        if (users != null) {
            pools.add(users);
        }
        BatchEngineBuilder builder = pool.on(BatchEngine.builder(), users)
                .sourceDirectory(directory)
                .listener(new BatchListener() {
                    @Override
                    public void filesSettled(BatchEvent.FilesSettled event) {
                        look("listener");
                    }
                })
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    look("job");
                    return Outcome.succeeded();
                }))));
        return more.apply(builder).build();
    }

    /** Does all that may make a thread: creates, waits, cancels, subscribes, changes limits, reads. */
    private void use(BatchEngine engine, String caller) {
        MDC.put("caller", caller);
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        engine.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                look("subscriber");
                subscription.cancel();
                subscribed.complete(null);
            }

            @Override
            public void onNext(BatchEvent event) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        subscribed.join();
        String cancelled = engine.batches().create("dir-a", TYPE, "cfg").id();
        cancelIfItRuns(engine, cancelled);
        engine.setLimits(engine.limits().withMaxInFlight(500));
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        assertThat(engine.batches().await(id, Duration.ofSeconds(30)).status()).isEqualTo(BatchStatus.COMPLETED);
        engine.batches().await(cancelled, Duration.ofSeconds(30));
        MDC.clear();
    }

    private static void cancelIfItRuns(BatchEngine engine, String id) {
        try {
            engine.batches().cancel(id);
        } catch (BatchEngineException ended) {
            assertThat(ended.code()).isEqualTo(ErrorCode.ALREADY_TERMINAL);
        }
    }

    /** Notes what the present thread carries of a caller. */
    private void look(String where) {
        String identity = Visitor.IDENTITY.get();
        if (identity != null) {
            seen.add(where + " as " + identity);
        }
        String caller = MDC.get("caller");
        if (caller != null) {
            seen.add(where + " logs as " + caller);
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != null && "visitor".equals(loader.getName())) {
            seen.add(where + " with a caller's loader");
        }
    }

    private static void assertCollected(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        for (int i = 0; i < 100 && loaders.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            Thread.onSpinWait();
            Stream.generate(() -> new byte[1 << 20]).limit(8).forEach(bytes -> {});
        }
        assertThat(loaders).allSatisfy(loader -> assertThat(loader.get()).isNull());
    }
}
