package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Keeps the state of batches in a database: a SQLite file, embedded, for the engines of one process; or PostgreSQL, shared by engines of
 * many processes.
 *
 * <p><b>SQLite.</b> One store at a time has a file open; the operating system's lock on {@code FILE.lock} sees to it and ends with its
 * process, so that after a kill the next opener takes over at once. A second opener gets {@link ErrorCode#STORE_IN_USE}; one that only
 * reads is let in. The file must be on a disk of the machine itself, not on a network. Each write is synced before it is acknowledged. After
 * an input or output error the store acknowledges nothing more: close it and open it again. On Java 24 and newer allow native access to the
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
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JdbcBatchStore implements BatchStore {
    private final DamageLog damages = new DamageLog();
    private final Database database;
    private final IndexMending mending;
    private final BatchCreating creating;
    private final CreatingOnDamage creation;
    private final BatchListing listing;
    private final FileRows files;
    private final CommitWriter writer;
    private final Claims claims;
    private final Deletion deletion;

    JdbcBatchStore(OpenStore open) {
        database = open.database();
        Tables tables = open.tables();
        var unreadable = new UnreadableBatches(database, open.dialect(), tables, damages, open.ticker());
        mending = new IndexMending(database, open.dialect(), tables, damages, unreadable);
        BatchRows rows = new BatchRows(tables, open.dialect());
        creating = new BatchCreating(tables, open.dialect(), rows, damages);
        creation = new CreatingOnDamage(mending, database, creating, damages, tables, open.dialect());
        listing = new BatchListing(
                mending, database, new ListQuery(tables, rows, damages), damages, tables, open.dialect());
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
     * @throws BatchEngineException as {@link JdbcBatchStoreBuilder#build}
     */
    public static JdbcBatchStore open(String jdbcUrl) {
        return builder().url(jdbcUrl).build();
    }

    /**
     * Opens a database with settings.
     *
     * @return a builder with the defaults
     */
    public static JdbcBatchStoreBuilder builder() {
        return new JdbcBatchStoreBuilder();
    }

    /** A SQLite file with leases by another clock. */
    static JdbcBatchStore sqlite(Path file, LongSupplier ticker) {
        return builder().ticker(ticker).file(file).build();
    }

    @Override
    public CreateResult create(BatchRecord batch) {
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
        for (BatchCommit commit : commits) {
            StatusReason reason = commit.reason();
            if (reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT) {
                damages.givenUp(commit.batchId());
            }
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
            return Verdict.of(Verdict.Kind.CORRUPT, false);
        }
    }

    @Override
    public List<Claimed> claim(ClaimRequest request) {
        damages.claims(request.owner());
        database.apart(() -> claims.ready(request.owner(), request.lease()));
        List<Claimed> claimed = mending.write(session -> claims.claim(session, request));
        if (claimed.isEmpty()) {
            database.idle();
        }
        return claimed;
    }

    @Override
    public Renewal renew(RenewRequest request) {
        database.apart(() -> claims.ready(request.owner(), request.lease()));
        database.write(session -> {
            claims.prolong(session, request.owner(), request.lease());
            return true;
        });
        database.idle(); // an engine that has all it may have claims nothing
        if (!request.releases().isEmpty()) {
            mending.write(session -> {
                claims.release(session, request.owner(), request.releases());
                return true;
            });
        }
        return mending.read(session -> claims.held(session, request.owner()));
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

    /** Also which batches the store has found damaged, except what the engine on it tells of itself. */
    @Override
    public List<String> warnings() {
        return Stream.concat(database.warnings().stream(), damages.warnings().stream())
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
}
