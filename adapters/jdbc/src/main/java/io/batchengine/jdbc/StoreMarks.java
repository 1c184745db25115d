package io.batchengine.jdbc;

import io.batchengine.jdbc.StoreMark.State;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes the marks of a store, each in two tables, so that the two copies stand on two pages. All that is ever committed has them equal. For
 * the thread that has the connection.
 */
final class StoreMarks {
    private final String select;
    private final String write;
    private final String makeCopy;
    private final String writeCopy;
    private final String touchCopy;
    private final InstantSource clock;

    StoreMarks(Tables tables, InstantSource clock) {
        this.clock = clock;
        select = "select v from " + tables.meta() + " where k = '" + StoreMark.KEY + "'";
        write = "insert into " + tables.meta() + "(k, v) values ('" + StoreMark.KEY
                + "', ?) on conflict(k) do update set v = excluded.v";
        makeCopy = "create table if not exists " + tables.mark()
                + "(k integer primary key, id text not null, touched integer not null)";
        writeCopy = "insert into " + tables.mark()
                + "(k, id, touched) values (1, ?, 0) on conflict(k) do update set id = excluded.id, touched = 0";
        touchCopy = "update " + tables.mark() + " set touched = touched + 1 where k = 1";
    }

    /** Makes the table of the copy where a store has none. */
    void prepare(Session session) throws SQLException {
        session.execute(makeCopy);
    }

    /** Writes the next mark, in the transaction that it is called in. */
    void write(Session session, State state) throws SQLException {
        String previous = session.queryOne(select, Session.NOTHING, ResultRow::text)
                .flatMap(StoreMark::parse)
                .map(StoreMark::id)
                .orElse(StoreMark.NONE);
        String id = UUID.randomUUID().toString();
        StoreMark mark = new StoreMark(state, id, previous, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        prepare(session);
        session.update(write, args -> args.text(mark.text()));
        session.update(writeCopy, args -> args.text(id));
    }

    /** Writes the page of the copy once more, as it is. */
    void touch(Session session) throws SQLException {
        session.update(touchCopy, Session.NOTHING);
    }
}
