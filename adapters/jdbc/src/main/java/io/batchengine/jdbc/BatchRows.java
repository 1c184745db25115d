package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;

import io.batchengine.jdbc.NewNumbers.Place;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches as rows: how they are written and read back. */
final class BatchRows {
    /** Stands in where only the state is read: neither a judgement nor the next state asks for more. */
    static final BatchRecord NOT_READ = BatchRecord.builder()
            .id("")
            .scope(Scope.ofProject("none"))
            .sourceDirectoryId("")
            .config(BatchConfig.of(JobType.of("none"), "none"))
            .jobIdPrefix("")
            .fingerprint("")
            .createdAt(Instant.EPOCH)
            .build();

    /** What {@link #read} reads, in this order. */
    static final String COLUMNS =
            "b.number, id, " + StateColumns.NAMES + ", " + RequestColumns.NAMES + ", s.configuration, s.checksum";

    private final Tables tables;
    private final String joined;
    private final String select;
    private final String selectState;
    private final NewNumbers numbers;
    private final Map<Place, String> inserts = new EnumMap<>(Place.class);
    private final String insertSnapshot;
    private final String updateAny;
    private final String update;
    private final String rewrite;

    BatchRows(Tables tables, Dialect dialect) {
        this.tables = tables;
        joined = " left join " + tables.snapshot() + " s on s.number = b.number";
        select = "select " + COLUMNS + " from " + tables.batch() + " b" + joined;
        selectState = "select number, id, " + StateColumns.NAMES + " from " + tables.batch();
        numbers = new NewNumbers(tables, dialect);
        for (Place place : Place.values()) {
            inserts.put(place, insert(tables, dialect, numbers.expression(place)));
        }
        insertSnapshot = "insert into " + tables.snapshot() + "(number, configuration, checksum) values (?, ?, ?)";
        updateAny = "update " + tables.batch() + " set " + assignments(StateColumns.NAMES);
        rewrite = "update " + tables.batch() + " set " + assignments(RequestColumns.NAMES) + ", "
                + assignments(StateColumns.NAMES) + " where number = ?";
        update = updateAny + " where number = ? and version = ? and epoch = ? and claim_token = ?";
    }

    private static String insert(Tables tables, Dialect dialect, String number) {
        return "insert into " + tables.batch() + "(" + (number.isEmpty() ? "" : "number, ") + RequestColumns.NAMES
                + ", " + StateColumns.NAMES + ") values (" + (number.isEmpty() ? "" : number + ", ")
                + marks(RequestColumns.NAMES) + ", " + marks(StateColumns.NAMES) + ")"
                + dialect.passingOver() + " returning number";
    }

    private static String marks(String columns) {
        return Args.marks(columns.split(",", -1).length);
    }

    private static String assignments(String columns) {
        return columns.replace(",", " = ?,") + " = ?";
    }

    /** Behind the batch's table {@code b}: joins what else {@link #COLUMNS} are of. */
    String joined() {
        return joined;
    }

    /** Columns and tables that {@link #read} needs; the batch's table is {@code b}. */
    String select() {
        return select;
    }

    /** The same with the state alone, for {@link #readState}. */
    String selectState() {
        return selectState;
    }

    /** What writes the state of a batch, whatever stands there; the condition follows. */
    String updateAny() {
        return updateAny;
    }

    static FoundBatch read(ResultRow row) throws SQLException {
        long number = row.number();
        String id = String.valueOf(row.uncoveredTextOrNull());
        Optional<NumberedBatch> state = StateColumns.read(row, number, id, NOT_READ);
        BatchRecord request = RequestColumns.read(row, number);
        return state.isEmpty() || request == null || !request.id().equals(id)
                ? new FoundBatch(number, id, null)
                : new FoundBatch(
                        number,
                        id,
                        state.get()
                                .with(StoredBatch.of(
                                        request, state.get().batch().state())));
    }

    static FoundBatch readState(ResultRow row) throws SQLException {
        long number = row.number();
        String id = String.valueOf(row.uncoveredTextOrNull());
        return new FoundBatch(
                number, id, StateColumns.read(row, number, id, NOT_READ).orElse(null));
    }

    /**
     * Inserts a batch.
     *
     * @param place which number it gets
     * @return whether it was inserted: not where its id or its idempotency key is taken
     * @throws NewNumbers.Named if other rows have its number already
     */
    boolean insert(Session session, BatchRecord batch, Place place) throws SQLException {
        NumberedBatch created = new NumberedBatch(batch.id(), 0, 0, false, false, StoredBatch.created(batch));
        Optional<Long> number = session.queryOne(
                requireNonNull(inserts.get(place)),
                args -> {
                    RequestColumns.bind(args, batch);
                    StateColumns.bind(args, created);
                },
                ResultRow::number);
        if (number.isEmpty()) {
            return false;
        }
        numbers.requireUnnamed(session, number.get());
        int snapshots = session.update(
                insertSnapshot,
                args -> args.begin()
                        .number(number.get())
                        .text(batch.configuration().text())
                        .covers(batch.id())
                        .checksum());
        Written.one(snapshots, tables.snapshot());
        return true;
    }

    /** A batch as it was, and as it is to be. */
    record Change(NumberedBatch before, NumberedBatch after) {}

    /** Writes the states of batches whose rows are locked and were read in this transaction. */
    void update(Session session, List<Change> changes) throws SQLException {
        Written.each(session.updateAll(update, changes, BatchRows::bind), tables.batch()); // they are locked
    }

    /** Writes the whole row of a batch that was read as a whole. */
    void rewrite(Session session, NumberedBatch batch) throws SQLException {
        int changed = session.update(rewrite, args -> {
            RequestColumns.bind(args, batch.batch().request());
            StateColumns.bind(args, batch);
            args.number(batch.number());
        });
        Written.one(changed, tables.batch());
    }

    private static void bind(Args args, Change change) throws SQLException {
        StateColumns.bind(args, change.after);
        BatchState before = change.before.batch().state();
        args.number(change.before.number())
                .number(before.version())
                .number(before.epoch())
                .number(before.claimToken());
    }
}
