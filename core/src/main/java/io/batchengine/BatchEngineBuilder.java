package io.batchengine;

import static com.google.common.base.Preconditions.checkNotNull;

import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.limits.Limits;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Scope;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/**
 * Builds a {@link BatchEngine}. A source directory and at least one job factory are needed; all else has a default. A value that is not allowed,
 * or one that is set twice, is refused at once with {@link ErrorCode#INVALID_ARGUMENT}. Not for use by several threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchEngineBuilder {
    private final EngineAssembly parts = new EngineAssembly();
    private final GivenOnce given = new GivenOnce();

    BatchEngineBuilder() {}

    /**
     * Sets where the files come from.
     *
     * @param directory not closed by the engine
     * @return this
     */
    public BatchEngineBuilder sourceDirectory(SourceDirectory directory) {
        parts.plugins.sourceDirectory(checkNotNull(directory, "directory"));
        return this;
    }

    /**
     * Sets where the files come from, found by name through {@link java.util.ServiceLoader}.
     *
     * @param name the name of a {@link io.batchengine.spi.SourceDirectoryProvider}
     * @param properties its settings
     * @return this
     */
    public BatchEngineBuilder sourceDirectory(String name, Map<String, String> properties) {
        parts.plugins.sourceDirectory(name, properties);
        return this;
    }

    /**
     * Adds a job factory.
     *
     * @param factory serves job types that no other factory of this engine serves; not closed by the engine
     * @return this
     */
    public BatchEngineBuilder jobFactory(JobFactory factory) {
        parts.plugins.jobFactory(checkNotNull(factory, "factory"));
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
        parts.plugins.jobFactory(name, properties);
        return this;
    }

    /**
     * Sets where state is kept. Without a store it is kept in memory, and lost with the engine.
     *
     * @param store not closed by the engine
     * @return this
     */
    public BatchEngineBuilder store(BatchStore store) {
        parts.plugins.store(checkNotNull(store, "store"));
        return this;
    }

    /**
     * Sets where state is kept, found by name through {@link java.util.ServiceLoader}. The engine closes this store when it is closed.
     *
     * @param name the name of a {@link io.batchengine.spi.store.BatchStoreProvider}
     * @param properties its settings
     * @return this
     */
    public BatchEngineBuilder store(String name, Map<String, String> properties) {
        parts.plugins.store(name, properties);
        return this;
    }

    /**
     * Keeps state in a SQLite database of this engine alone, made if missing. Needs {@code batch-engine-jdbc}.
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
        parts.listeners.add(checkNotNull(listener, "listener"));
        return this;
    }

    /**
     * Runs jobs in the engine's own pool. This is the default, with a thread per processor.
     *
     * @param count how many threads, 1 to 10,000
     * @return this
     */
    public BatchEngineBuilder threads(int count) {
        parts.threads.pool(Arguments.inRange("threads", count, 1, 10_000));
        return this;
    }

    /**
     * Runs jobs in your executor, which the engine does not shut down.
     *
     * @param executor gets short tasks of up to some milliseconds, or as long as one job; may run a task on the calling thread; one that
     *     rejects a task is tried again later
     * @param parallelism how many tasks the engine gives it at a time, 1 to 1,000,000
     * @return this
     */
    public BatchEngineBuilder executor(Executor executor, int parallelism) {
        parts.threads.executor(
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
        parts.threads.virtual();
        return this;
    }

    /**
     * Sets the context class loader of the engine's own threads, and so of jobs and listeners. The default is the loader of this library. The
     * threads keep it alive until the engine is closed. Threads of your executor keep the loader that they have.
     *
     * @param loader the loader
     * @return this
     */
    public BatchEngineBuilder contextClassLoader(ClassLoader loader) {
        parts.threads.contextClassLoader(checkNotNull(loader, given.once("contextClassLoader")));
        return this;
    }

    /**
     * Chooses whether the engine's own threads are daemon threads, which do not keep the JVM running. They are by default.
     *
     * @param daemon false to keep the JVM running; not together with a timer of yours in the environment
     * @return this
     */
    public BatchEngineBuilder daemonThreads(boolean daemon) {
        given.once("daemonThreads");
        parts.threads.daemon(daemon);
        return this;
    }

    /**
     * Bounds jobs in flight, asynchronous ones included. The default is 1,000. Short for {@link #limits(Limits)}: give one of both.
     *
     * @param limit 1 to 1,000,000
     * @return this
     */
    public BatchEngineBuilder maxInFlight(int limit) {
        Arguments.inRange("maxInFlight", limit, 1, Limits.MOST_IN_FLIGHT);
        return limits(Limits.DEFAULT.withMaxInFlight(limit));
    }

    /**
     * Sets all limits. The default is {@link Limits#DEFAULT}. Change them while the engine runs with {@link BatchEngine#setLimits}.
     *
     * @param first the limits at first
     * @return this
     */
    public BatchEngineBuilder limits(Limits first) {
        checkNotNull(first, given.once("limits"));
        parts.limits = () -> first;
        return this;
    }

    /**
     * Asks a supplier for all limits: when the engine is built, where it must not fail, and again and again while it runs. A changed answer is
     * used. While it fails or answers null, the limits stay and {@link BatchEngine#health()} says so.
     *
     * @param source called by the thread that builds, then by threads of the orchestration executor, one call at a time; may block
     * @param interval how long to wait from one answer to the next question; positive
     * @return this
     */
    public BatchEngineBuilder limits(Supplier<Limits> source, Duration interval) {
        parts.limits = checkNotNull(source, given.once("limits"));
        parts.suppliedLimits = new EngineParts.SuppliedLimits(source, given.positive("interval of limits", interval));
        return this;
    }

    /**
     * Sets the project of {@link BatchEngine#batches()}. The default is {@code prj-default}.
     *
     * @param projectId the project
     * @return this
     */
    public BatchEngineBuilder defaultProject(String projectId) {
        parts.settings = parts.settings.withDefaultProject(
                Ids.requireValid(given.once("defaultProject"), projectId, Ids.MAX_LENGTH));
        return this;
    }

    /**
     * Chooses which projects may create batches. By default every project may.
     *
     * @param filter called by the thread that creates; a scope that it refuses gets {@link ErrorCode#PROJECT_REFUSED}
     * @return this
     */
    public BatchEngineBuilder projectFilter(Predicate<Scope> filter) {
        parts.settings = parts.settings.withProjectFilter(checkNotNull(filter, given.once("projectFilter")));
        return this;
    }

    /**
     * Sets the options of batches created without options. The default is {@link BatchOptions#DEFAULT}.
     *
     * @param options as they are stored with each of these batches
     * @return this
     */
    public BatchEngineBuilder defaultOptions(BatchOptions options) {
        parts.settings = parts.settings.withDefaultOptions(checkNotNull(options, given.once("defaultOptions")));
        return this;
    }

    /**
     * Sets a default retry policy for a job type, before that of {@link #defaultOptions}. It is stored with batches created without options.
     *
     * @param type a type that a job factory of this engine serves
     * @param policy how its failed attempts are retried
     * @return this
     */
    public BatchEngineBuilder retry(JobType type, RetryPolicy policy) {
        given.once("retry of " + checkNotNull(type, "type"));
        parts.settings = parts.settings.withRetry(type, checkNotNull(policy, "policy"));
        return this;
    }

    /**
     * Bounds how long a job may take to stop after a cancellation or its timeout. After that its file is settled without it; its thread and
     * its permit come back when its body returns. The default is 10 seconds.
     *
     * @param grace not negative
     * @return this
     */
    public BatchEngineBuilder stopGrace(Duration grace) {
        parts.tuning = parts.tuning.withStopGrace(given.notNegative("stopGrace", grace));
        return this;
    }

    /**
     * Bounds how long {@link BatchEngine#close()} may take. The default is 30 seconds.
     *
     * @param timeout not negative
     * @return this
     */
    public BatchEngineBuilder closeTimeout(Duration timeout) {
        parts.settings = parts.settings.withCloseTimeout(given.notNegative("closeTimeout", timeout));
        return this;
    }

    /**
     * Sets how many files are listed at a time. The first pages are smaller, so that batches start soon. The default is 2,000.
     *
     * @param files 1 to 100,000
     * @return this
     */
    public BatchEngineBuilder pageSize(int files) {
        parts.tuning = parts.tuning.withPageSize(given.inRange("pageSize", files, 1, 100_000));
        return this;
    }

    /**
     * Bounds how many results {@link Expand#RESULTS} gives. A batch with more is refused. The default is 10,000.
     *
     * @param results 0 or more
     * @return this
     */
    public BatchEngineBuilder maxExpandedResults(int results) {
        parts.settings = parts.settings.withMaxExpandedResults(
                given.inRange("maxExpandedResults", results, 0, Integer.MAX_VALUE));
        return this;
    }

    /**
     * Sets how long this engine keeps its batches when it can't renew its lease on them. The default is 30 seconds.
     *
     * @param lease 1 second to 1 day
     * @return this
     */
    public BatchEngineBuilder lease(Duration lease) {
        parts.tuning = parts.tuning.withLease(given.inRange("lease", lease, Duration.ofSeconds(1), Duration.ofDays(1)));
        return this;
    }

    /**
     * Sets how often an engine may crash while a file runs in isolation before the file's job is recorded as failed. The default is 3. After two
     * crashes in a row the files that were running are possible poison files: they run a few at a time, and after another crash in isolation.
     *
     * @param crashes 1 to 100
     * @return this
     */
    public BatchEngineBuilder maxCrashesPerFile(int crashes) {
        parts.tuning = parts.tuning.withMaxCrashes(given.inRange("maxCrashesPerFile", crashes, 1, 100));
        return this;
    }

    /**
     * Sets how many delayed files of a batch wait in memory. More wait in the store alone until they are due. The default is 1,000.
     *
     * @param files 1 to 1,000,000
     * @return this
     */
    public BatchEngineBuilder delayedInMemory(int files) {
        parts.tuning = parts.tuning.withDelayedInMemory(given.inRange("delayedInMemory", files, 1, 1_000_000));
        return this;
    }

    /**
     * Sets how often the engine asks the store for batches of other engines: new ones, left ones, and the awaited end. The default is 1 second.
     *
     * @param interval positive
     * @return this
     */
    public BatchEngineBuilder pollInterval(Duration interval) {
        parts.tuning = parts.tuning.withPollInterval(given.positive("pollInterval", interval));
        return this;
    }

    /**
     * Sets where the engine calls stores, source directories and listeners. The default is a pool of daemon threads that grows as needed.
     *
     * @param executor must be able to run several tasks at once, or run none inside {@code execute}; not shut down by the engine
     * @return this
     */
    public BatchEngineBuilder orchestrationExecutor(Executor executor) {
        parts.threads.orchestration(checkNotNull(executor, "executor"));
        return this;
    }

    /**
     * Sets clock, ticker, timer, random source and steps, for tests and simulators. The default is {@link EngineEnvironment#SYSTEM}.
     *
     * @param change makes the environment of the one so far; called at once
     * @return this
     */
    public BatchEngineBuilder environment(UnaryOperator<EngineEnvironment> change) {
        parts.environment = checkNotNull(change.apply(parts.environment), "environment");
        return this;
    }

    /**
     * Builds the engine and starts it: it takes up what the store holds.
     *
     * @return the engine, to be closed
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the source directory or a job factory is missing, two factories serve
     *     one type, or a retry policy is for a type that none serves; {@link ErrorCode#PLUGIN_NOT_FOUND} if a name is unknown or ambiguous;
     *     {@link ErrorCode#PLUGIN_FAILED} if a plug-in can't be made
     */
    public BatchEngine build() {
        return parts.build();
    }
}
