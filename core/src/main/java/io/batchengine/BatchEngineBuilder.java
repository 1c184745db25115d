package io.batchengine;

import static com.google.common.base.Preconditions.checkNotNull;

import io.batchengine.internal.engine.Engine;
import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.limits.Limits;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BatchEngine}. A source directory and at least one job factory are needed; all else has a default. A value that is
 * not allowed, or one that is set twice, is refused at once with {@link ErrorCode#INVALID_ARGUMENT}. Not for use by several threads.
 */
public final class BatchEngineBuilder {
    private final Plugins plugins = new Plugins();
    private final Threads threads = new Threads();
    private final List<BatchListener> listeners = new ArrayList<>();
    private Tuning tuning = Tuning.DEFAULT;
    private Supplier<Limits> limits = () -> Limits.DEFAULT;
    private EngineParts.@Nullable SuppliedLimits suppliedLimits;
    private EngineSettings settings = EngineSettings.DEFAULT;
    private EngineEnvironment environment = EngineEnvironment.SYSTEM;

    private final GivenOnce given = new GivenOnce();

    BatchEngineBuilder() {}

    /**
     * Where the files come from.
     *
     * @param directory not closed by the engine
     * @return this
     */
    public BatchEngineBuilder sourceDirectory(SourceDirectory directory) {
        plugins.sourceDirectory(checkNotNull(directory, "directory"));
        return this;
    }

    /**
     * Where the files come from, found by name through {@link java.util.ServiceLoader}.
     *
     * @param name the name of a {@link io.batchengine.spi.SourceDirectoryProvider}
     * @param properties its settings
     * @return this
     */
    public BatchEngineBuilder sourceDirectory(String name, Map<String, String> properties) {
        plugins.sourceDirectory(name, properties);
        return this;
    }

    /**
     * Adds a job factory.
     *
     * @param factory serves job types that no other factory of this engine serves; not closed by the engine
     * @return this
     */
    public BatchEngineBuilder jobFactory(JobFactory factory) {
        plugins.jobFactory(checkNotNull(factory, "factory"));
        return this;
    }

    /**
     * Adds a job factory that is found by name through {@link java.util.ServiceLoader}.
     *
     * @param name the name of a {@link io.batchengine.spi.JobFactoryProvider}
     * @param properties its settings
     * @return this
     */
    public BatchEngineBuilder jobFactory(String name, Map<String, String> properties) {
        plugins.jobFactory(name, properties);
        return this;
    }

    /**
     * Where state is kept. Without any store it is kept in memory, and gone with the engine.
     *
     * @param store not closed by the engine
     * @return this
     */
    public BatchEngineBuilder store(BatchStore store) {
        plugins.store(checkNotNull(store, "store"));
        return this;
    }

    /**
     * Where state is kept, found by name through {@link java.util.ServiceLoader}. The engine closes this store when it is closed.
     *
     * @param name the name of a {@link io.batchengine.spi.store.BatchStoreProvider}
     * @param properties its settings
     * @return this
     */
    public BatchEngineBuilder store(String name, Map<String, String> properties) {
        plugins.store(name, properties);
        return this;
    }

    /**
     * Keeps state in a file: a SQLite database, made where there is none, for this engine alone. Needs the artifact
     * {@code batch-engine-jdbc}; it is the store {@code jdbc} with the property {@code file}.
     *
     * @param file the database's file, in an existing directory and of any name; beside it stand files of the same name with endings
     * @return this
     */
    public BatchEngineBuilder storeInFile(Path file) {
        return store("jdbc", Map.of("file", checkNotNull(file, "file").toUri().toASCIIString()));
    }

    /**
     * Adds a listener.
     *
     * @param listener told of the batches that this engine owns
     * @return this
     */
    public BatchEngineBuilder listener(BatchListener listener) {
        listeners.add(checkNotNull(listener, "listener"));
        return this;
    }

    /**
     * Runs jobs in a pool of the engine's own. The default, with a thread per processor.
     *
     * @param count how many threads, 1 to 10,000
     * @return this
     */
    public BatchEngineBuilder threads(int count) {
        threads.pool(Arguments.inRange("threads", count, 1, 10_000));
        return this;
    }

    /**
     * Runs jobs in an executor of the caller's own, which the engine does not shut down.
     *
     * @param executor gets short tasks of up to some milliseconds, or as long as one job; may run a task on the calling thread; one that
     *     rejects a task is tried again later
     * @param parallelism how many tasks the engine gives it at a time, 1 to 1,000,000
     * @return this
     */
    public BatchEngineBuilder executor(Executor executor, int parallelism) {
        threads.executor(
                checkNotNull(executor, "executor"), Arguments.inRange("parallelism", parallelism, 1, 1_000_000));
        return this;
    }

    /**
     * Runs each job in a virtual thread of its own, as many at a time as the limits of jobs in flight allow.
     *
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} before Java 21
     */
    public BatchEngineBuilder virtualThreads() {
        threads.virtual();
        return this;
    }

    /**
     * Sets the context class loader of the engine's own threads, and so of jobs and listeners. The default is the loader of this library.
     * Set it where the library is shared by several applications and a job finds classes or services by the context class loader. The
     * engine's threads keep the loader alive until the engine is closed. Threads of an executor of yours keep the loader that they have.
     *
     * @param loader the loader
     * @return this
     */
    public BatchEngineBuilder contextClassLoader(ClassLoader loader) {
        threads.contextClassLoader(checkNotNull(loader, given.once("contextClassLoader")));
        return this;
    }

    /**
     * Chooses whether the engine's own threads are daemon threads. They are by default: the JVM ends when {@code main} returns, whatever the
     * engine still does. Without daemon threads the JVM runs until the engine is closed.
     *
     * @param daemon false to keep the JVM running; not together with a timer of yours in the environment
     * @return this
     */
    public BatchEngineBuilder daemonThreads(boolean daemon) {
        given.once("daemonThreads");
        threads.daemon(daemon);
        return this;
    }

    /**
     * How many jobs may be in flight at a time, the asynchronous ones that hold no thread included. The default is 1,000. In short for
     * {@link #limits(Limits)} with nothing else, and not to be given beside it.
     *
     * @param limit 1 to 1,000,000
     * @return this
     */
    public BatchEngineBuilder maxInFlight(int limit) {
        Arguments.inRange("maxInFlight", limit, 1, Limits.MOST_IN_FLIGHT);
        return limits(Limits.DEFAULT.withMaxInFlight(limit));
    }

    /**
     * All limits: jobs in flight, starts per second, active batches, and the shares of projects. The default is {@link Limits#DEFAULT}. They
     * can be changed while the engine runs, by {@link BatchEngine#setLimits}.
     *
     * @param first the limits at first
     * @return this
     */
    public BatchEngineBuilder limits(Limits first) {
        checkNotNull(first, given.once("limits"));
        limits = () -> first;
        return this;
    }

    /**
     * All limits, as a supplier tells them: asked when the engine is built, where it must not fail, and again and again while it runs. What it
     * answers is used when it is something else than before; while it fails or answers null the limits stay, and {@link BatchEngine#health()}
     * says so.
     *
     * @param source called by the thread that builds, then by threads of the orchestration executor, one call at a time; may block
     * @param interval how long to wait from one answer to the next question; positive
     * @return this
     */
    public BatchEngineBuilder limits(Supplier<Limits> source, Duration interval) {
        limits = checkNotNull(source, given.once("limits"));
        suppliedLimits = new EngineParts.SuppliedLimits(source, given.positive("interval of limits", interval));
        return this;
    }

    /**
     * The project of {@link BatchEngine#batches()}. The default is {@code prj-default}.
     *
     * @param projectId the project
     * @return this
     */
    public BatchEngineBuilder defaultProject(String projectId) {
        settings =
                settings.withDefaultProject(Ids.requireValid(given.once("defaultProject"), projectId, Ids.MAX_LENGTH));
        return this;
    }

    /**
     * Which projects may create batches. The default is every one.
     *
     * @param filter called by the thread that creates; a scope that it refuses gets {@link ErrorCode#PROJECT_REFUSED}
     * @return this
     */
    public BatchEngineBuilder projectFilter(Predicate<Scope> filter) {
        settings = settings.withProjectFilter(checkNotNull(filter, given.once("projectFilter")));
        return this;
    }

    /**
     * The options of batches that are created without options of their own. The default is {@link BatchOptions#DEFAULT}.
     *
     * @param options as they are stored with each of these batches
     * @return this
     */
    public BatchEngineBuilder defaultOptions(BatchOptions options) {
        settings = settings.withDefaultOptions(checkNotNull(options, given.once("defaultOptions")));
        return this;
    }

    /**
     * How the jobs of a type are retried in batches that are created without options of their own, in place of what {@link #defaultOptions}
     * say. It is stored with each of these batches, so that a later engine with another policy changes nothing for them.
     *
     * @param type a type that a job factory of this engine serves
     * @param policy how its failed attempts are retried
     * @return this
     */
    public BatchEngineBuilder retry(JobType type, RetryPolicy policy) {
        given.once("retry of " + checkNotNull(type, "type"));
        settings = settings.withRetry(type, checkNotNull(policy, "policy"));
        return this;
    }

    /**
     * How long a job that was asked to stop, by a cancellation or its timeout, may take to do so. After that its file is settled without
     * it; its thread and its permit come back when its body returns. The default is 10 seconds.
     *
     * @param grace not negative
     * @return this
     */
    public BatchEngineBuilder stopGrace(Duration grace) {
        tuning = tuning.withStopGrace(given.notNegative("stopGrace", grace));
        return this;
    }

    /**
     * How long {@link BatchEngine#close()} may take. The default is 30 seconds.
     *
     * @param timeout not negative
     * @return this
     */
    public BatchEngineBuilder closeTimeout(Duration timeout) {
        settings = settings.withCloseTimeout(given.notNegative("closeTimeout", timeout));
        return this;
    }

    /**
     * How many files are listed at a time, from the fourth page of a batch on; the first are smaller, so that small batches start
     * soon. The default is 2,000.
     *
     * @param files 1 to 100,000
     * @return this
     */
    public BatchEngineBuilder pageSize(int files) {
        tuning = tuning.withPageSize(given.inRange("pageSize", files, 1, 100_000));
        return this;
    }

    /**
     * Up to how many results {@link Expand#RESULTS} gives; above, it is refused. The default is 10,000.
     *
     * @param results 0 or more
     * @return this
     */
    public BatchEngineBuilder maxExpandedResults(int results) {
        settings = settings.withMaxExpandedResults(given.inRange("maxExpandedResults", results, 0, Integer.MAX_VALUE));
        return this;
    }

    /**
     * How long this engine's batches stay its own when it can't renew its hold on them. The default is 30 seconds.
     *
     * @param lease 1 second to 1 day
     * @return this
     */
    public BatchEngineBuilder lease(Duration lease) {
        tuning = tuning.withLease(given.inRange("lease", lease, Duration.ofSeconds(1), Duration.ofDays(1)));
        return this;
    }

    /**
     * How often an engine may be lost while a file runs alone before the file is recorded as a failed job. The default is 3.
     *
     * <p>After an engine was lost twice in a row, the files that it left are started under suspicion: a few at a time, and those that
     * ran when it was lost again one by one, with nothing else in flight in the engine. Only a loss while a file ran alone counts
     * against it; an engine that is closed counts against nobody.
     *
     * @param crashes 1 to 100
     * @return this
     */
    public BatchEngineBuilder maxCrashesPerFile(int crashes) {
        tuning = tuning.withMaxCrashes(given.inRange("maxCrashesPerFile", crashes, 1, 100));
        return this;
    }

    /**
     * Sets how many files of a batch wait for a retry in memory. More wait in the store alone and are read back when they are due, so no
     * number of waiting files keeps others from running. The default is 1,000.
     *
     * @param files 1 to 1,000,000
     * @return this
     */
    public BatchEngineBuilder delayedInMemory(int files) {
        tuning = tuning.withDelayedInMemory(given.inRange("delayedInMemory", files, 1, 1_000_000));
        return this;
    }

    /**
     * How often the store is asked for batches that other engines have created or left, and for the end of batches of other engines
     * that are awaited here. The default is 1 second.
     *
     * @param interval positive
     * @return this
     */
    public BatchEngineBuilder pollInterval(Duration interval) {
        tuning = tuning.withPollInterval(given.positive("pollInterval", interval));
        return this;
    }

    /**
     * Where the engine makes its own blocking calls: of the store, of source directories and of listeners. The default is a pool of daemon
     * threads that grows as needed.
     *
     * @param executor must be able to run several tasks at once, or run none inside {@code execute}; not shut down by the engine
     * @return this
     */
    public BatchEngineBuilder orchestrationExecutor(Executor executor) {
        threads.orchestration(checkNotNull(executor, "executor"));
        return this;
    }

    /**
     * What the engine takes from the machine that it runs on. The default is {@link EngineEnvironment#SYSTEM}; tests and simulators put their
     * own in its place.
     *
     * @param change makes the environment of the one so far; called at once
     * @return this
     */
    public BatchEngineBuilder environment(UnaryOperator<EngineEnvironment> change) {
        environment = checkNotNull(change.apply(environment), "environment");
        return this;
    }

    /**
     * Builds the engine and starts it: it takes up what the store holds.
     *
     * @return the engine, to be closed
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the source directory or a job factory is missing, two factories
     *     serve one type, or a retry policy is for a type that none serves; {@link ErrorCode#PLUGIN_NOT_FOUND} if a name is unknown or ambiguous; {@link ErrorCode#PLUGIN_FAILED} if a
     *     plug-in can't be made
     */
    public BatchEngine build() {
        SourceDirectory directory = plugins.sourceDirectory();
        JobTypes jobTypes = plugins.jobTypes();
        settings.requireServed(jobTypes.types());
        Limits first = firstLimits();
        EngineParts parts = new EngineParts(
                directory,
                jobTypes,
                plugins.store(environment.ticker),
                first,
                suppliedLimits,
                List.copyOf(listeners),
                threads.start(environment.timer),
                environment.clock,
                environment.ticker,
                random());
        return new BatchEngine(Engine.start(parts, tuning.withStepsPerTask(environment.stepsPerTask)), settings);
    }

    /** Of java.base: the default generator of the JDK needs the module jdk.random, which small runtime images lack. */
    private RandomGenerator random() {
        RandomGenerator given = environment.random;
        return given != null ? given : new SplittableRandom(new SecureRandom().nextLong());
    }

    private Limits firstLimits() {
        try {
            return Objects.requireNonNull(limits.get(), "it answered null");
        } catch (RuntimeException failure) {
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED, "the supplier of limits failed: " + Text.describe(failure), failure);
        }
    }
}
