package io.batchengine.benchmarks.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler 16: a one-time task per file, whose execution inserts the file's result; the scheduler deletes the execution then.
 *
 * <ul>
 *   <li>{@code lock-and-fetch}, which the README recommends above 1,000 executions a second, with the limits of the documentation's benchmark
 *       (lower 4, upper 20 times the threads): a fetch locks hundreds of executions in one statement. SQLite has no {@code skip locked}; there it
 *       is {@code fetch}, with the same limits.
 *   <li>{@code scheduleBatch} of 1,000 instances: one insert by the driver's rewritten batch. No task data: the instance id is the ordinal.
 *   <li>{@code enableImmediateExecution}: scheduling wakes the fetch. The polling interval of a second is for what that may miss.
 *   <li>No priority, so no index for it.
 *   <li>Workers wait for commits most of the time (the insert of the result, the deletion of the execution), so there are at least {@value
 *       #LEAST_WORKERS}, of which no more than the given threads are in a job at once. The documentation's benchmark has 20 to 100; twice as many
 *       were no faster here, and two, as many as there are processors, half as fast.
 *   <li>A file that fails is a result: an execution that threw would be tried again.
 * </ul>
 *
 * <p>The round ends when all results are inserted and all executions deleted. Between rounds the scheduler is paused: it wakes once a second and
 * asks the database nothing. Its threads stay, as in a service.
 */
public final class DbSchedulerPeer implements Contender {
    private static final int LEAST_WORKERS = 16;
    private static final int CHUNK = 1_000;

    private static final double LOWER = 4;
    private static final double UPPER = 20;

    private final PeerDatabase database;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private final int threads;
    private final int workers;
    private volatile @Nullable PeerRound round;

    private DbSchedulerPeer(PeerDatabase database, int threads, int workers) throws SQLException {
        this.database = database;
        this.threads = threads;
        this.workers = workers;
        database.execute(tables(database.isSqlite()));
        this.task = Tasks.oneTime("file").execute((instance, context) -> run(instance.getId()));
        SchedulerBuilder builder = Scheduler.create(database.dataSource(), task)
                .threads(workers)
                .enableImmediateExecution()
                .pollingInterval(Duration.ofSeconds(1))
                .addSchedulerListener(new Settling());
        if (database.isSqlite()) {
            builder.pollUsingFetchAndLockOnExecute(LOWER, UPPER).jdbcCustomization(new Sqlite());
        } else {
            builder.pollUsingLockAndFetch(LOWER, UPPER);
        }
        this.scheduler = builder.build();
        scheduler.start();
        scheduler.pause();
    }

    /**
     * Opens it.
     *
     * @param storage PostgreSQL or SQLite
     * @param threads that run jobs
     * @return it
     * @throws SQLException if there is no such database
     */
    public static DbSchedulerPeer open(Storage storage, int threads) throws SQLException {
        int workers = Math.max(threads, LEAST_WORKERS);
        return new DbSchedulerPeer(PeerDatabase.open(storage, "db-scheduler", workers + 3), threads, workers);
    }

    @Override
    public void run(int files, FileJob job) throws Exception {
        PeerRound now = PeerRound.gated(database.nextRun(), files, job, threads, workers);
        round = now;
        scheduler.resume();
        try {
            for (int begin = 0; begin < files; begin += CHUNK) {
                scheduler.scheduleBatch(instances(begin, Math.min(files, begin + CHUNK)), Instant.now());
            }
            now.await();
        } finally {
            scheduler.pause();
        }
        database.verify(now);
        verifyNoneLeft();
    }

    @Override
    public void clear() throws SQLException {
        database.clear("scheduled_tasks");
    }

    @Override
    public void close() {
        scheduler.stop();
        database.close();
    }

    private List<TaskInstance<?>> instances(int begin, int end) {
        List<TaskInstance<?>> instances = new ArrayList<>(end - begin);
        for (int ordinal = begin; ordinal < end; ordinal++) {
            instances.add(task.instance(Integer.toString(ordinal)));
        }
        return instances;
    }

    private void run(String id) {
        PeerRound now = round;
        if (now == null) {
            return;
        }
        try {
            database.insert(now.number(), now.run(Integer.parseInt(id)));
        } catch (SQLException | RuntimeException e) {
            now.broken(e);
        }
    }

    private void verifyNoneLeft() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from scheduled_tasks")) {
            row.next();
            if (row.getLong(1) != 0) {
                throw new IllegalStateException("executions left: " + row.getLong(1));
            }
        }
    }

    private static String[] tables(boolean sqlite) {
        String time = sqlite ? "timestamp" : "timestamp with time zone";
        return new String[] {
            "drop table if exists scheduled_tasks",
            "create table scheduled_tasks(task_name text not null, task_instance text not null, task_data "
                    + (sqlite ? "blob" : "bytea") + ", execution_time " + time + " not null, picked "
                    + (sqlite ? "bit" : "boolean") + " not null, picked_by text, last_success " + time
                    + ", last_failure " + time + ", consecutive_failures int, last_heartbeat " + time
                    + ", version bigint not null, priority smallint, primary key (task_name, task_instance))",
            "create index execution_time_idx on scheduled_tasks (execution_time)",
            "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)"
        };
    }

    /** SQLite says limit, as PostgreSQL does; this version takes it for a database that says what the standard says. */
    private static final class Sqlite extends DefaultJdbcCustomization {
        Sqlite() {
            super(true);
        }

        @Override
        public String getQueryLimitPart(int limit) {
            return " LIMIT " + limit;
        }
    }

    /** Hears of executions once they are done and deleted. */
    private final class Settling extends AbstractSchedulerListener {
        @Override
        public void onExecutionComplete(ExecutionComplete complete) {
            PeerRound now = round;
            if (now != null) {
                now.settled();
            }
        }
    }
}
