package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the database is and how to use it. For one thread.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JdbcBatchStoreBuilder {
    private static final int MAX_POOL = 1_000;

    private @Nullable String url;
    private @Nullable Path file;
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable DataSource dataSource;
    private @Nullable DataSource ownerLockSource;
    private int poolSize;
    private Tables tables = new Tables("batch_engine_");
    private boolean createSchema = true;
    private boolean readOnly;
    private Settings.Timeouts timeouts = Settings.Timeouts.DEFAULT;
    private boolean ownerLocks = true;
    private LongSupplier ticker = System::nanoTime;
    private NetworkDisk.Types fileSystems = NetworkDisk.OF_THE_SYSTEM;
    private SchemaScripts scripts = SchemaScripts.OF_THE_JAR;

    JdbcBatchStoreBuilder() {}

    /**
     * The database. Give one of this, {@link #file} and {@link #dataSource}.
     *
     * @param jdbcUrl {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}, as the driver takes it
     * @return this
     */
    public JdbcBatchStoreBuilder url(String jdbcUrl) {
        this.url = jdbcUrl;
        return this;
    }

    /**
     * A SQLite file, whatever its name: a url can't hold a question mark. Give one of this, {@link #url} and {@link #dataSource}.
     *
     * @param path the file; its folder must exist
     * @return this
     */
    public JdbcBatchStoreBuilder file(Path path) {
        this.file = path;
        return this;
    }

    /**
     * The user, for PostgreSQL by url.
     *
     * @param name its name
     * @return this
     */
    public JdbcBatchStoreBuilder user(String name) {
        this.user = name;
        return this;
    }

    /**
     * The user's password, for PostgreSQL by url. It shows in no message and no log.
     *
     * @param secret the password
     * @return this
     */
    public JdbcBatchStoreBuilder password(String secret) {
        this.password = secret;
        return this;
    }

    /**
     * Takes connections from a source of the caller's. The store never closes it; which database it is, its connections tell.
     *
     * <p>The store never works in a transaction of the caller. It takes and uses connections on its own threads, so that a transaction
     * that a framework has bound to the calling thread stays apart; and it refuses a connection that is inside a transaction all the
     * same, with {@link ErrorCode#TRANSACTION_ACTIVE}, before it writes anything. A batch that is created inside a transaction
     * exists whether or not that transaction commits.
     *
     * <p>Connections may come with any settings (autoCommit, read-only, isolation, schema, timeouts). Each call sets what it needs, and
     * gives the connection back with the settings that it came with.
     *
     * <p>A call on PostgreSQL needs one connection at a time. One more is kept for the owner locks; see {@link #ownerLockSource}. On
     * SQLite the store keeps one connection that writes and {@link #poolSize} that read.
     *
     * @param source gives connections to SQLite or PostgreSQL
     * @return this
     */
    public JdbcBatchStoreBuilder dataSource(DataSource source) {
        this.dataSource = source;
        return this;
    }

    /**
     * How many connections there are at the most: of PostgreSQL by url all but the one that tells that the engine lives, by default 8;
     * of SQLite those that read, by default 4.
     *
     * @param connections from 1 to 1,000
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is out of range
     */
    public JdbcBatchStoreBuilder poolSize(int connections) {
        if (connections < 1 || connections > MAX_POOL) {
            throw Failures.invalid(Text.format("the pool size %d is not within 1 to %d", connections, MAX_POOL));
        }
        this.poolSize = connections;
        return this;
    }

    /**
     * What the names of the tables begin with, by default {@code batch_engine_}.
     *
     * @param prefix lower-case letters, digits and underscores, beginning with a letter, up to 30 characters
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not of that form
     */
    public JdbcBatchStoreBuilder tablePrefix(String prefix) {
        if (!prefix.matches("[a-z][a-z0-9_]{0,29}")) {
            throw Failures.invalid(
                    Text.format("the table prefix %s is not of the form [a-z][a-z0-9_]{0,29}", Text.quote(prefix)));
        }
        this.tables = new Tables(prefix);
        return this;
    }

    /**
     * Whether to make the tables where they are missing, and to bring older ones up to date; by default it does. Without, they must be
     * there: the scripts are in the jar, in {@code io/batchengine/jdbc/schema}.
     *
     * @param create whether to
     * @return this
     */
    public JdbcBatchStoreBuilder createSchema(boolean create) {
        this.createSchema = create;
        return this;
    }

    /**
     * Whether to read only, beside an engine that has the store open; writes are refused then.
     *
     * @param only whether to
     * @return this
     */
    public JdbcBatchStoreBuilder readOnly(boolean only) {
        this.readOnly = only;
        return this;
    }

    /**
     * How long a call to PostgreSQL waits for a row that another transaction has locked, by default 5 seconds. A transaction of a
     * process that was paused may hold one. Two thirds of the shortest lease of the engines of this store count where they are less.
     *
     * @param wait at least a millisecond
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is shorter, or above a day
     */
    public JdbcBatchStoreBuilder lockTimeout(Duration wait) {
        timeouts = timeouts.withLock(wait);
        return this;
    }

    /**
     * After how long PostgreSQL ends a transaction whose process does not go on, by default 10 seconds. Two thirds of the shortest lease
     * of the engines of this store count where they are less, so that a take-over never waits longer than the lease.
     *
     * @param wait at least a millisecond
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is shorter, or above a day
     */
    public JdbcBatchStoreBuilder idleInTransactionTimeout(Duration wait) {
        timeouts = timeouts.withIdleInTransaction(wait);
        return this;
    }

    /**
     * How long a call by url waits for an answer of PostgreSQL before it gives the connection up, by default 30 seconds; rounded down
     * to seconds, but at least one.
     *
     * @param wait at least a millisecond
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is shorter, or above a day
     */
    public JdbcBatchStoreBuilder socketTimeout(Duration wait) {
        timeouts = timeouts.withSocket(wait);
        return this;
    }

    /**
     * How long a call waits for a connection, by default 10 seconds. A HikariCP pool of yours keeps its own limit if that is at most
     * a minute.
     *
     * @param wait at least a millisecond
     * @return this
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is shorter, or above a day
     */
    public JdbcBatchStoreBuilder connectTimeout(Duration wait) {
        timeouts = timeouts.withConnect(wait);
        return this;
    }

    /**
     * Whether each store keeps a connection to PostgreSQL with an advisory lock for each of its engines, so that others take a dead
     * engine's batches over at once; by default it does. Behind a pooler that shares sessions by transaction the store does without, warns
     * of it, and others wait for the lease to lapse; unless {@link #ownerLockSource} leads past the pooler. Switch it off to keep the
     * warning away.
     *
     * @param keep whether to
     * @return this
     */
    public JdbcBatchStoreBuilder ownerLocks(boolean keep) {
        this.ownerLocks = keep;
        return this;
    }

    /**
     * Where the connection of the owner locks comes from, for PostgreSQL by {@link #dataSource}. The store keeps that connection as
     * long as it is open. By default it opens it beside a HikariCP pool, and takes it from any other source. Give a source without a
     * pool, such as the driver's {@code PGSimpleDataSource}, where the pool is another one: its leak detection would report the
     * connection, and one connection fewer would be left to the application.
     *
     * @param source gives connections to the same database as the store's
     * @return this
     */
    public JdbcBatchStoreBuilder ownerLockSource(DataSource source) {
        this.ownerLockSource = source;
        return this;
    }

    /** Measures the leases of a SQLite store, in nanoseconds; never goes back. */
    JdbcBatchStoreBuilder ticker(LongSupplier nanos) {
        this.ticker = nanos;
        return this;
    }

    /** Makes the tables by other scripts. */
    JdbcBatchStoreBuilder scripts(SchemaScripts others) {
        this.scripts = others;
        return this;
    }

    /** Tells the types of file systems. */
    JdbcBatchStoreBuilder fileSystems(NetworkDisk.Types types) {
        this.fileSystems = types;
        return this;
    }

    Settings settings() {
        return new Settings(
                url,
                file,
                user,
                password,
                dataSource,
                ownerLockSource,
                poolSize,
                tables,
                createSchema,
                readOnly,
                timeouts,
                ownerLocks,
                ticker,
                fileSystems,
                scripts);
    }

    /**
     * Opens the database.
     *
     * @return the store; to be closed by the caller
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if there is not one of url, file and data source, or it names
     *     no database that is served; {@link ErrorCode#STORE_IN_USE} if another store has the SQLite file open;
     *     {@link ErrorCode#STORE_UNAVAILABLE} if it can't be opened, or its tables are missing or newer
     */
    public JdbcBatchStore build() {
        return new JdbcBatchStore(Opening.open(settings()));
    }
}
