package io.batchengine.benchmarks.peer;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.Storage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Spring Batch 6: one job whose step is split into as many partitions as there are threads, each of which reads its range of files, runs what
 * is to be done in its item processor and writes results in chunks of 1,000.
 *
 * <ul>
 *   <li>Local partitions ("Partitioning" in the chapter on scaling) rather than one {@code ChunkOrientedStep} with a task executor: of that
 *       only the processor runs on more threads, one future an item, while one thread reads, writes and commits. With two threads
 *       and 100,000 no-op files, partitions were measured at twice the rate of that and 1.6 times that of one thread without an executor; with
 *       10,000, at 1.3 times and the same. Each partition is such a step.
 *   <li>As many partitions as threads, by ranges, so that all have as much to do whether there are a thousand files or a million. A partition
 *       per file is what one should not do: each costs a dozen statements.
 *   <li>A chunk of 1,000: one transaction has the chunk's rows and the step's metadata. The position of the reader goes with it, so that the job
 *       could be restarted.
 *   <li>{@code JdbcBatchItemWriter} with an {@code ItemPreparedStatementSetter}, quicker than named parameters, over pgjdbc's {@code
 *       reWriteBatchedInserts} and HikariCP.
 *   <li>The JDBC job repository in the same database, by the same transaction manager, as the reference recommends for consistency. The
 *       metadata is part of what is timed: it is what makes the run a durable one.
 *   <li>Observations have no registry and there is no listener, retry or skip. A file that fails is a result: skipping rolls a chunk back and
 *       runs its files again one by one.
 * </ul>
 *
 * <p>On SQLite, for which it brings a schema, partitions take turns at the one connection. Nothing runs between rounds.
 */
public final class SpringBatchPeer implements Contender {
    private static final int CHUNK = 1_000;
    private static final String NEXT = "next";
    private static final String END = "end";
    private static final String[] METADATA = {
        "batch_job_instance",
        "batch_job_execution",
        "batch_job_execution_params",
        "batch_job_execution_context",
        "batch_step_execution",
        "batch_step_execution_context"
    };

    private final PeerDatabase database;
    private final ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    private final PlatformTransactionManager transactions;
    private final JobRepository repository;
    private final JobOperator operator;
    private final int threads;

    private SpringBatchPeer(PeerDatabase database, int threads) throws Exception {
        this.database = database;
        this.threads = threads;
        executor.setCorePoolSize(threads);
        executor.setThreadNamePrefix("spring-batch-");
        executor.afterPropertiesSet();
        transactions = new JdbcTransactionManager(database.dataSource());
        JdbcJobRepositoryFactoryBean repositories = new JdbcJobRepositoryFactoryBean();
        repositories.setDataSource(database.dataSource());
        repositories.setTransactionManager(transactions);
        repositories.afterPropertiesSet();
        repository = repositories.getObject();
        JobOperatorFactoryBean operators = new JobOperatorFactoryBean();
        operators.setJobRepository(repository);
        operators.setJobRegistry(new MapJobRegistry());
        operators.setTransactionManager(transactions);
        operators.afterPropertiesSet();
        operator = operators.getObject();
    }

    /**
     * Opens it.
     *
     * @param storage PostgreSQL or SQLite
     * @param threads that run jobs
     * @return it
     * @throws Exception if there is no such database
     */
    public static SpringBatchPeer open(Storage storage, int threads) throws Exception {
        PeerDatabase database = PeerDatabase.open(storage, "spring-batch", threads + 1);
        String kind = database.isSqlite() ? "sqlite" : "postgresql";
        String folder = "org/springframework/batch/core/schema-";
        ResourceDatabasePopulator schema = new ResourceDatabasePopulator(
                new ClassPathResource(folder + "drop-" + kind + ".sql"), new ClassPathResource(folder + kind + ".sql"));
        schema.setIgnoreFailedDrops(true);
        schema.execute(database.dataSource());
        return new SpringBatchPeer(database, threads);
    }

    @Override
    public void run(int files, FileJob job) throws Exception {
        PeerRound round = new PeerRound(database.nextRun(), files, job);
        Job batch = new JobBuilder("files", repository).start(step(round)).build();
        JobExecution execution = operator.start(
                batch, new JobParametersBuilder().addLong("run", round.number()).toJobParameters());
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException(execution.toString());
        }
        database.verify(round);
    }

    @Override
    public void clear() throws Exception {
        database.clear(METADATA);
    }

    @Override
    public void close() {
        executor.shutdown();
        database.close();
    }

    private Step step(PeerRound round) {
        JdbcBatchItemWriter<FileResult> writer = new JdbcBatchItemWriterBuilder<FileResult>()
                .dataSource(database.dataSource())
                .sql(database.insertSql())
                .itemPreparedStatementSetter((result, statement) -> PeerDatabase.set(statement, round.number(), result))
                .build();
        Step chunks = new StepBuilder("run", repository)
                .<Integer, FileResult>chunk(CHUNK)
                .transactionManager(transactions)
                .reader(new Files())
                .processor(round::run)
                .writer(writer)
                .build();
        return new StepBuilder("files", repository)
                .partitioner("run", parts -> partition(round.files(), parts))
                .step(chunks)
                .gridSize(threads)
                .taskExecutor(executor)
                .build();
    }

    private static Map<String, ExecutionContext> partition(int files, int parts) {
        Map<String, ExecutionContext> contexts = new HashMap<>();
        for (int part = 0; part < parts; part++) {
            ExecutionContext context = new ExecutionContext();
            context.putInt(NEXT, (int) ((long) files * part / parts));
            context.putInt(END, (int) ((long) files * (part + 1) / parts));
            contexts.put("part-" + part, context);
        }
        return contexts;
    }

    /**
     * Gives the ordinals of a partition, to the thread that opened it: one after the other of a partition runs on that. (In an application
     * context it would be a bean in the scope of the step.)
     */
    private static final class Files implements ItemStreamReader<Integer> {
        @SuppressWarnings("ThreadLocalUsage") // there is one per round
        private final ThreadLocal<int @Nullable []> range = new ThreadLocal<>();

        @Override
        public void open(ExecutionContext context) {
            range.set(new int[] {context.getInt(NEXT), context.getInt(END)});
        }

        @Override
        public @Nullable Integer read() {
            int[] of = range();
            return of[0] < of[1] ? of[0]++ : null;
        }

        @Override
        public void update(ExecutionContext context) {
            context.putInt(NEXT, range()[0]);
        }

        @Override
        public void close() {
            range.remove();
        }

        private int[] range() {
            int[] of = range.get();
            if (of == null) {
                throw new IllegalStateException("not open on this thread");
            }
            return of;
        }
    }
}
