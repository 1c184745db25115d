package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchPage;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Creating;
import io.batchengine.spi.DelayedQuery;
import io.batchengine.spi.DeleteReply;
import io.batchengine.spi.DeleteRequest;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Hold;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.Renewal;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of batches in a database: a SQLite file, embedded, for the engines of one process; or PostgreSQL, shared by engines of
 * many processes.
 *
 * <p><b>SQLite.</b> One store at a time has a file open; the operating system's lock on {@code FILE.lock} sees to it and ends with its
 * process, so that after a kill the next opener takes over at once. A second opener gets {@link ErrorCode#STORE_IN_USE}; one that only
 * reads is let in. The file must be on a disk of the machine itself, not on a network. Each write is synced before it is acknowledged. After
 * an input or output error the store acknowledges nothing more: close it and open it anew. On Java 24 and newer allow native access to the
 * driver: {@code --enable-native-access=ALL-UNNAMED}, or {@code org.xerial.sqlitejdbc} on the module path.
 *
 * <p><b>PostgreSQL.</b> Version 12 or newer. Batches are shared out among the engines; leases are told by the database's clock. An engine
 * that died is known by its advisory lock, one that is paused by its lease. Do not switch {@code fsync} or {@code synchronous_commit} off.
 * The database must have the encoding UTF8. When the store opens it looks for missing rights, for a server that takes no writes and for a
 * pooler before it, and says what to do. It drops a connection to a server that became read-only, so that the next call may find the new
 * primary.
 *
 * <p>Times are kept in microseconds. Any thread may call; a call waits for the database. Every error of the database comes as one of
 * these: {@link ErrorCode#STORE_UNAVAILABLE}, and the same call may work later; {@link ErrorCode#STORE_LOST}, and no call of this store
 * works again; {@link ErrorCode#CONTENT_REFUSED}, where the database can't keep a value of the call; {@link ErrorCode#STORE_CORRUPT},
 * where what the call reads is damaged: each row has a checksum, which every read verifies. No message holds a password.
 */
public final class JdbcBatchStore implements BatchStore {
    private final DamageLog damages = new DamageLog();
    private final Database database;
    private final IndexMending mending;
    private final BatchCreating creating;
    private final CreatingOnDamage creation;
    private final Listing listing;
    private final FileRows files;
    private final CommitWriter writer;
    private final Claims claims;
    private final Deletion deletion;

    private JdbcBatchStore(OpenStore open) {
        database = open.database();
        Tables tables = open.tables();
        var unreadable = new UnreadableBatches(database, open.dialect(), tables, damages, open.ticker());
        mending = new IndexMending(database, open.dialect(), tables, damages, unreadable);
        BatchRows rows = new BatchRows(tables, open.dialect());
        creating = new BatchCreating(tables, open.dialect(), rows, damages);
        creation = new CreatingOnDamage(mending, database, creating, damages, tables, open.dialect());
        listing = new Listing(mending, database, new ListQuery(tables, rows, damages), damages, tables, open.dialect());
        SettledRows settled = new SettledRows(tables, open.dialect());
        files = new FileRows(tables, rows, settled, damages);
        writer = new CommitWriter(tables, open.dialect(), rows, settled);
        claims = new Claims(tables, open.dialect(), rows, damages, unreadable);
        deletion = new Deletion(tables, open.dialect(), rows, damages);
    }

    /**
     * Opens a SQLite file, or makes it.
     *
     * @param file the file; its folder must exist
     * @return the store; to be closed by the caller
     * @throws BatchEngineException {@link ErrorCode#STORE_IN_USE} if another store has it open; {@link ErrorCode#INVALID_ARGUMENT} if it
     *     can't be such a file; {@link ErrorCode#STORE_UNAVAILABLE} if it can't be opened
     */
    public static JdbcBatchStore sqlite(Path file) {
        return builder().file(file).build();
    }

    /**
     * Opens a database with the default settings.
     *
     * @param jdbcUrl {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}, as the driver takes it
     * @return the store; to be closed by the caller
     * @throws BatchEngineException as {@link Builder#build}
     */
    public static JdbcBatchStore open(String jdbcUrl) {
        return builder().url(jdbcUrl).build();
    }

    /**
     * Opens a database with settings.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** A SQLite file with leases by another clock. */
    static JdbcBatchStore sqlite(Path file, LongSupplier ticker) {
        return builder().ticker(ticker).file(file).build();
    }

    @Override
    public Creating create(NewBatch batch) {
        return creation.create(batch);
    }

    @Override
    public Optional<StoredBatch> find(BatchKey key) {
        return mending.read(session -> creating.find(session, key));
    }

    @Override
    public BatchPage list(BatchQuery query) {
        return listing.list(query);
    }

    @Override
    public List<Verdict> commit(List<BatchCommit> commits) {
        if (commits.isEmpty()) {
            return List.of();
        }
        try {
            return mending.write(session -> writer.write(session, commits));
        } catch (BatchEngineException failure) {
            if (failure.code() != ErrorCode.STORE_CORRUPT) {
                throw failure;
            }
            return commits.stream().map(this::commitAlone).toList();
        }
    }

    /** One damaged batch must not keep others from being written. */
    private Verdict commitAlone(BatchCommit commit) {
        try {
            return database.write(session -> writer.write(session, List.of(commit)))
                    .get(0);
        } catch (BatchEngineException failure) {
            if (failure.code() != ErrorCode.STORE_CORRUPT) {
                throw failure;
            }
            damages.noted(commit.batchId(), failure);
            return new Verdict(Verdict.Kind.CORRUPT, false);
        }
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        database.apart(() -> claims.ready(request.owner(), request.lease()));
        List<Claimed> claimed = mending.write(session -> claims.claim(session, request));
        if (claimed.isEmpty()) {
            database.idle();
        }
        return claimed;
    }

    @Override
    public Renewal renew(String owner, Duration lease, List<Hold> releases) {
        database.apart(() -> claims.ready(owner, lease));
        database.write(session -> {
            claims.prolong(session, owner, lease);
            return true;
        });
        database.idle(); // an engine that has all it may have claims nothing
        if (!releases.isEmpty()) {
            mending.write(session -> {
                claims.release(session, owner, releases);
                return true;
            });
        }
        return mending.read(session -> claims.held(session, owner));
    }

    @Override
    public CancelReply requestCancel(BatchKey key) {
        return mending.write(session -> creating.requestCancel(session, key));
    }

    @Override
    public List<FileRecord> files(FileQuery query) {
        return database.read(session -> files.read(session, query));
    }

    @Override
    public List<FileRecord> delayed(DelayedQuery query) {
        return database.read(session -> files.read(session, query));
    }

    @Override
    public DeleteReply delete(DeleteRequest request, int slice) {
        return mending.write(session -> deletion.delete(session, request, slice));
    }

    /** Also which batches the store has found damaged. */
    @Override
    public List<String> warnings() {
        return Stream.concat(database.warnings().stream(), damages.messages().stream())
                .toList();
    }

    @Override
    public List<String> notes() {
        return database.notes();
    }

    /**
     * Tells which batches the store has found damaged since it was opened, by the reads that met them: rows that do not match their
     * checksums, or that are missing. A batch that was deleted since, or ended for its damage, is left out. Any thread; asks no database.
     *
     * @return a sentence for each, the first 100 of them; empty where none was met
     */
    public List<String> damage() {
        return damages.messages();
    }

    /**
     * Copies a SQLite store into a new file, while engines work on it, or another process does where this store only reads. All that was
     * acknowledged before the call is in the copy, which is a store of its own: one file, for its owner alone. The copy appears under its
     * name when it is whole.
     *
     * @param target the new file; its folder must exist
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if there is a file of this name, or of a store of this name, or the
     *     store is PostgreSQL, whose backups {@code pg_dump} makes; {@link ErrorCode#STORE_UNAVAILABLE} if the copy can't be written;
     *     {@link ErrorCode#STORE_CORRUPT} if the store is damaged
     */
    public void backup(Path target) {
        database.backup(target);
    }

    /** Waits for the calls under way, and frees the file or the connections. Later calls are refused. Calling it again changes nothing. */
    @Override
    public void close() {
        database.close();
    }

    /** Where the batches are, without user and password. */
    @Override
    public String toString() {
        return "JdbcBatchStore[" + database + "]";
    }

    /** Tells where the database is and how to use it. For one thread. */
    public static final class Builder {
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

        private Builder() {}

        /**
         * The database. Give one of this, {@link #file} and {@link #dataSource}.
         *
         * @param jdbcUrl {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}, as the driver takes it
         * @return this
         */
        public Builder url(String jdbcUrl) {
            this.url = jdbcUrl;
            return this;
        }

        /**
         * A SQLite file, whatever its name: a url can't hold a question mark. Give one of this, {@link #url} and {@link #dataSource}.
         *
         * @param path the file; its folder must exist
         * @return this
         */
        public Builder file(Path path) {
            this.file = path;
            return this;
        }

        /**
         * The user, for PostgreSQL by url.
         *
         * @param name its name
         * @return this
         */
        public Builder user(String name) {
            this.user = name;
            return this;
        }

        /**
         * The user's password, for PostgreSQL by url. It shows in no message and no log.
         *
         * @param secret the password
         * @return this
         */
        public Builder password(String secret) {
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
        public Builder dataSource(DataSource source) {
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
        public Builder poolSize(int connections) {
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
        public Builder tablePrefix(String prefix) {
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
        public Builder createSchema(boolean create) {
            this.createSchema = create;
            return this;
        }

        /**
         * Whether to read only, beside an engine that has the store open; writes are refused then.
         *
         * @param only whether to
         * @return this
         */
        public Builder readOnly(boolean only) {
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
        public Builder lockTimeout(Duration wait) {
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
        public Builder idleInTransactionTimeout(Duration wait) {
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
        public Builder socketTimeout(Duration wait) {
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
        public Builder connectTimeout(Duration wait) {
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
        public Builder ownerLocks(boolean keep) {
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
        public Builder ownerLockSource(DataSource source) {
            this.ownerLockSource = source;
            return this;
        }

        /** Measures the leases of a SQLite store, in nanoseconds; never goes back. */
        Builder ticker(LongSupplier nanos) {
            this.ticker = nanos;
            return this;
        }

        /** Makes the tables by other scripts. */
        Builder scripts(SchemaScripts others) {
            this.scripts = others;
            return this;
        }

        /** Tells the types of file systems. */
        Builder fileSystems(NetworkDisk.Types types) {
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
}
