package io.batchengine.benchmarks.peer;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.ApplyStateFilter;
import org.jobrunr.jobs.filters.RetryFilter;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.BackgroundJobServerThreadType;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.storage.sql.sqlite.SqLiteStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * JobRunr 8, the open-source edition: a fire-and-forget job per file, whose own durable record is the file's result.
 *
 * <ul>
 *   <li>Jobs are enqueued by {@code enqueue(Stream, lambda)}, which its documentation recommends for many: batches, one insert each. The lambda
 *       captures nothing, so that its analysis is cached.
 *   <li>The server is started first, and jobs are enqueued while it gets ready: its first look at the queue is a second after its start, and
 *       from then on a worker that ends a job fetches the next.
 *   <li>A poll interval of 5 seconds, the least it takes for a database. A server that had been running would look within 5 seconds, two and a
 *       half on average: to start one in the round is the quicker way, and the second is part of what its polling costs.
 *   <li>At least {@value #LEAST_WORKERS} workers (its default is 8 a processor), of which no more than the given threads are in a job at once: the
 *       others save states. Two are half as fast, 32 no faster; nor was fetching 200 jobs at once ahead of the workers, by a work distribution
 *       strategy of our own, faster than its own strategy with 16.
 *   <li>The PostgreSQL or SQLite storage provider over HikariCP; records are written by Jackson 3.
 *   <li>No retries ({@code RetryFilter(0)}): a file that fails stays failed. Its exception has no stack trace, which would be most of the record.
 *   <li>No dashboard. Succeeded jobs are not deleted within 36 hours, so nothing is cleaned up in a round.
 * </ul>
 *
 * <p>When the round has ended, the server is stopped, by another thread, since what it takes to stop is no part of the work; so nothing polls
 * between rounds.
 */
@SuppressWarnings("try")
public final class JobRunrPeer implements Contender {
    private static final int LEAST_WORKERS = 16;

    private final PeerDatabase database;
    private final StorageProvider storage;
    private final JobScheduler scheduler;
    private final BackgroundJobServer server;
    private final int threads;
    private final int workers;
    private final ExecutorService stopper = Executors.newSingleThreadExecutor();
    private volatile @Nullable PeerRound round;
    private @Nullable Future<?> stopping;

    private JobRunrPeer(PeerDatabase database, int threads, int workers) {
        this.database = database;
        this.threads = threads;
        this.workers = workers;
        Jackson3JsonMapper json = new Jackson3JsonMapper();
        storage = database.isSqlite()
                ? new SqLiteStorageProvider(database.dataSource())
                : new PostgresStorageProvider(database.dataSource());
        storage.setJobMapper(new JobMapper(json));
        scheduler = new JobScheduler(storage, List.of());
        server = new BackgroundJobServer(
                storage,
                json,
                new Activator(),
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollInterval(Duration.ofSeconds(5))
                        .andBackgroundJobServerWorkerPolicy(new DefaultBackgroundJobServerWorkerPolicy(
                                workers, BackgroundJobServerThreadType.PlatformThreads)));
        server.setJobFilters(List.of(new RetryFilter(0), new Settling()));
    }

    /**
     * Opens it.
     *
     * @param storage PostgreSQL or SQLite
     * @param threads that run jobs
     * @return it
     * @throws SQLException if there is no such database
     */
    public static JobRunrPeer open(Storage storage, int threads) throws SQLException {
        int workers = Math.max(threads, LEAST_WORKERS);
        return new JobRunrPeer(PeerDatabase.open(storage, "jobrunr", workers + 5), threads, workers);
    }

    @Override
    public void run(int files, FileJob job) throws Exception {
        awaitStop();
        PeerRound now = PeerRound.gated(database.nextRun(), files, job, threads, workers);
        round = now;
        server.start();
        scheduler.<JobRunrPeer, Integer>enqueue(
                IntStream.range(0, files).boxed(), (peer, ordinal) -> peer.perform(ordinal));
        now.await();
        verify(now);
        stopping = stopper.submit(server::stop);
    }

    /**
     * The job of a file; called by JobRunr.
     *
     * @param ordinal of the file
     */
    public void perform(int ordinal) {
        PeerRound now = round;
        if (now != null) {
            String message = now.run(ordinal).message();
            if (message != null) {
                throw new Failure(message);
            }
        }
    }

    @Override
    public void clear() throws Exception {
        awaitStop();
        database.clear("jobrunr_jobs");
    }

    @Override
    public void close() throws Exception {
        awaitStop();
        stopper.shutdown();
        storage.close();
        database.close();
    }

    private void awaitStop() throws Exception {
        if (stopping != null) {
            stopping.get();
        }
    }

    private void verify(PeerRound now) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select sum(case when state in ('SUCCEEDED', 'FAILED') then 1 else 0 end),"
                                + " sum(case when state = 'FAILED' then 1 else 0 end) from jobrunr_jobs")) {
            row.next();
            PeerDatabase.verify(now, row.getLong(1), row.getLong(2));
        }
    }

    private final class Activator implements JobActivator {
        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(JobRunrPeer.this);
        }
    }

    /** Hears of states once they are saved. */
    private final class Settling implements ApplyStateFilter {
        @Override
        public void onStateApplied(Job job, @Nullable JobState from, JobState to) {
            PeerRound now = round;
            if (now != null && (to.getName() == StateName.SUCCEEDED || to.getName() == StateName.FAILED)) {
                now.settled();
            }
        }
    }

    /** Without a stack trace: that of a benchmark would be all that is stored. */
    private static final class Failure extends RuntimeException {
        Failure(String message) {
            super(message, null, false, false);
        }
    }
}
