package io.batchengine.jdbc;

import io.batchengine.jdbc.StoreMark.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Writes the marks of a store. For the thread that has the connection. */
final class StoreMarks {
    private final String select;
    private final String write;
    private final String hasTable;
    private final String finish;
    private final InstantSource clock;

    StoreMarks(Tables tables, InstantSource clock) {
        this.clock = clock;
        select = "select v from " + tables.meta() + " where k = '" + StoreMark.KEY + "'";
        write = "insert into " + tables.meta() + "(k, v) values ('" + StoreMark.KEY
                + "', ?) on conflict(k) do update set v = excluded.v";
        hasTable = "select count(*) from sqlite_master where type = 'table' and name = '" + tables.meta() + "'";
        finish = "update " + tables.meta() + " set v = '" + State.LOGGED + "' || substr(v, " + (lengthOfOpen() + 1)
                + ") where k = '" + StoreMark.KEY + "' and v like '" + State.OPEN + " %'";
    }

    private static int lengthOfOpen() {
        return State.OPEN.name().length();
    }

    void write(Session session, State state) throws SQLException {
        String previous = session.queryOne(select, Session.NOTHING, Row::text)
                .flatMap(StoreMark::parse)
                .map(StoreMark::id)
                .orElse(StoreMark.NONE);
        String id = UUID.randomUUID().toString();
        StoreMark mark = new StoreMark(state, id, previous, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        session.update(write, args -> args.text(mark.text()));
    }

    /**
     * What a process that was killed has left in its log is about to go into the file, all of it: so no mark may tell from then on that a log
     * is needed. Such a mark is the last one only where the process was killed in the middle of a checkpoint.
     */
    void finish(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var found = statement.executeQuery(hasTable)) {
                if (!found.next() || found.getInt(1) == 0) {
                    return;
                }
            }
            statement.execute(finish);
        }
    }
}
