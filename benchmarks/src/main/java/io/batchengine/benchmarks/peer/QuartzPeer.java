package io.batchengine.benchmarks.peer;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.Storage;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Quartz 2.5: a trigger per file, in memory; the job of a file inserts its result.
 *
 * <ul>
 *   <li>{@code RAMJobStore}, which its guide calls the fastest in processor time. So nothing but the table of results is durable.
 *   <li>A job and a trigger per file, handed over by {@code scheduleJobs}, 1,000 at once, while the scheduler runs: with all triggers on one job
 *       the store copies the list of them at the end of each.
 *   <li>{@code batchTriggerAcquisitionMaxCount} is the number of workers: the scheduler takes as many triggers at once as it can fire.
 *   <li>{@code misfireThreshold} is an hour: none of these triggers is ever late, and looking after those that are costs time.
 *   <li>Workers wait for the commits of their jobs most of the time, so there are at least {@value #LEAST_WORKERS}, of which no more than the
 *       given threads are in a job at once. Two are a third as fast, 32 no faster.
 *   <li>An insert is a commit, by a prepared statement of a pooled connection, one message to the server.
 *   <li>A file that fails is a result; a job that threw would leave none.
 * </ul>
 *
 * <p>Between rounds the scheduler has no trigger: its thread sleeps for half a minute at a time.
 */
public final class QuartzPeer implements Contender {
    private static final int LEAST_WORKERS = 16;
    private static final int CHUNK = 1_000;

    private final PeerDatabase database;
    private final Scheduler scheduler;
    private final int threads;
    private final int workers;
    private volatile @Nullable PeerRound round;

    private QuartzPeer(PeerDatabase database, int threads, int workers) throws SchedulerException {
        this.database = database;
        this.threads = threads;
        this.workers = workers;
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "quartz-" + System.identityHashCode(this));
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(workers));
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", Integer.toString(workers));
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        settings.setProperty("org.quartz.jobStore.misfireThreshold", "3600000");
        this.scheduler = new StdSchedulerFactory(settings).getScheduler();
        scheduler.setJobFactory((bundle, owner) -> new Run());
        scheduler.start();
    }

    /**
     * Opens it.
     *
     * @param storage PostgreSQL or SQLite
     * @param threads that run jobs
     * @return it
     * @throws SQLException if there is no such database
     * @throws SchedulerException if it does not start
     */
    public static QuartzPeer open(Storage storage, int threads) throws SQLException, SchedulerException {
        int workers = Math.max(threads, LEAST_WORKERS);
        return new QuartzPeer(PeerDatabase.open(storage, "quartz", workers), threads, workers);
    }

    @Override
    public void run(int files, FileJob job) throws Exception {
        PeerRound now = PeerRound.gated(database.nextRun(), files, job, threads, workers);
        round = now;
        for (int begin = 0; begin < files; begin += CHUNK) {
            scheduler.scheduleJobs(triggers(begin, Math.min(files, begin + CHUNK)), false);
        }
        now.await();
        database.verify(now);
    }

    @Override
    public void clear() throws SQLException {
        database.clear();
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown(true);
        database.close();
    }

    private static Map<JobDetail, Set<? extends Trigger>> triggers(int begin, int end) {
        Map<JobDetail, Set<? extends Trigger>> triggers = new HashMap<>(2 * (end - begin));
        for (int ordinal = begin; ordinal < end; ordinal++) {
            String name = Integer.toString(ordinal);
            triggers.put(
                    JobBuilder.newJob(Run.class).withIdentity(name).build(),
                    Set.of(TriggerBuilder.newTrigger()
                            .withIdentity(name)
                            .startNow()
                            .build()));
        }
        return triggers;
    }

    /** Does what is to be done for one file. */
    private final class Run implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            PeerRound now = round;
            if (now == null) {
                return;
            }
            try {
                int ordinal = Integer.parseInt(context.getTrigger().getKey().getName());
                database.insert(now.number(), now.run(ordinal));
                now.settled();
            } catch (SQLException | RuntimeException e) {
                now.broken(e);
            }
        }
    }
}
