package io.batchengine.benchmarks.peer;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jeasy.batch.core.job.Job;
import org.jeasy.batch.core.job.JobBuilder;
import org.jeasy.batch.core.job.JobExecutor;
import org.jeasy.batch.core.job.JobReport;
import org.jeasy.batch.core.job.JobStatus;
import org.jeasy.batch.core.reader.RecordReader;
import org.jeasy.batch.core.record.Batch;
import org.jeasy.batch.core.record.GenericRecord;
import org.jeasy.batch.core.record.Header;
import org.jeasy.batch.core.record.Record;
import org.jeasy.batch.core.writer.RecordWriter;
import org.jspecify.annotations.Nullable;

/**
 * Easy Batch 7: as many of its jobs as there are threads, each of which reads its range of files, runs what is to be done in its record processor and
 * writes results in batches of 1,000.
 *
 * <ul>
 *   <li>A job of Easy Batch is single-threaded; for more threads its documentation starts several by one {@code JobExecutor} (its tutorial on
 *       parallel jobs), each for its part of the input. The executor's threads stay.
 *   <li>A batch of 1,000 records is one transaction and one JDBC batch. That is what its {@code JdbcRecordWriter} does; the module that has it
 *       can't be had in the version of the core used here, so its two dozen lines are here.
 *   <li>Batch scanning and JMX monitoring are off, as they are by default.
 *   <li>A file that fails is a result: an exception would count towards the error threshold and leave no row.
 *   <li>It keeps no state of its own: what counts as durable is the table of results.
 * </ul>
 *
 * <p>Nothing runs between rounds.
 */
public final class EasyBatchPeer implements Contender {
    private static final int BATCH_SIZE = 1_000;

    private final PeerDatabase database;
    private final JobExecutor executor;
    private final int threads;

    private EasyBatchPeer(PeerDatabase database, int threads) {
        this.database = database;
        this.executor = new JobExecutor(threads);
        this.threads = threads;
    }

    /**
     * Opens it.
     *
     * @param storage PostgreSQL or SQLite
     * @param threads that run jobs
     * @return it
     * @throws SQLException if there is no such database
     */
    public static EasyBatchPeer open(Storage storage, int threads) throws SQLException {
        return new EasyBatchPeer(PeerDatabase.open(storage, "easy-batch", threads), threads);
    }

    @Override
    public void run(int files, FileJob job) throws Exception {
        PeerRound round = new PeerRound(database.nextRun(), files, job);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            jobs.add(new JobBuilder<Integer, FileResult>()
                    .batchSize(BATCH_SIZE)
                    .reader(new Files((int) ((long) files * i / threads), (int) ((long) files * (i + 1) / threads)))
                    .processor((Record<Integer> file) ->
                            new GenericRecord<>(file.getHeader(), round.run(file.getPayload())))
                    .writer(new Results(database, round.number()))
                    .build());
        }
        for (Future<JobReport> future : executor.submitAll(jobs)) {
            JobReport report = future.get();
            if (report.getStatus() != JobStatus.COMPLETED) {
                throw new IllegalStateException("job is " + report.getStatus(), report.getLastError());
            }
        }
        database.verify(round);
    }

    @Override
    public void clear() throws SQLException {
        database.clear();
    }

    @Override
    public void close() {
        executor.shutdown();
        database.close();
    }

    /** A range of ordinals. */
    private static final class Files implements RecordReader<Integer> {
        private final LocalDateTime listed = LocalDateTime.now(ZoneOffset.UTC);
        private final int end;
        private int next;

        Files(int begin, int end) {
            this.next = begin;
            this.end = end;
        }

        @Override
        public @Nullable Record<Integer> readRecord() {
            if (next == end) {
                return null;
            }
            int ordinal = next++;
            return new GenericRecord<>(new Header((long) ordinal, "files", listed), ordinal);
        }
    }

    /** Inserts a batch in a transaction. */
    private static final class Results implements RecordWriter<FileResult> {
        private final DataSource pool;
        private final String sql;
        private final long run;

        Results(PeerDatabase database, long run) {
            this.pool = database.dataSource();
            this.sql = database.insertSql();
            this.run = run;
        }

        @Override
        public void writeRecords(Batch<FileResult> batch) throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                connection.setAutoCommit(false);
                for (Record<FileResult> result : batch) {
                    PeerDatabase.set(statement, run, result.getPayload());
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            }
        }
    }
}
