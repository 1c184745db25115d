package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL server tells of itself when a store is opened.
 *
 * @param database the name of the database
 * @param user the user that it is used as
 * @param schema where new tables are made; null where the search path names no schema that there is and may be used
 * @param searchPath where tables are looked for
 * @param mayCreate whether the user may make tables in the schema
 * @param encoding the database's encoding
 * @param refusesWrites null, or why the server takes no writes
 * @param checksums whether the server notices a page that was damaged on its disk
 * @param version the server's, such as 17
 * @param commitsLater whether a commit is acknowledged before it is on a disk, as the role or the database sets it
 * @param unsafe settings that may cost the whole database when the machine stops
 */
record ServerFacts(
        String database,
        String user,
        @Nullable String schema,
        String searchPath,
        boolean mayCreate,
        String encoding,
        @Nullable String refusesWrites,
        boolean checksums,
        int version,
        boolean commitsLater,
        List<String> unsafe) {
    private static final String ASK = "select current_database()::text, current_user::text,"
            + " current_schema()::text, current_setting('search_path'),"
            + " coalesce(has_schema_privilege(current_schema()::text, 'create'), false),"
            + " current_setting('server_encoding'), pg_is_in_recovery(),"
            + " current_setting('default_transaction_read_only')::boolean,"
            + " coalesce(current_setting('data_checksums', true), 'on') = 'on',"
            + " current_setting('server_version_num')::int / 10000, current_setting('synchronous_commit') = 'off',"
            + " current_setting('fsync') = 'off', current_setting('full_page_writes') = 'off'";

    static ServerFacts of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ASK)) {
            rows.next();
            String standby = rows.getBoolean(7) ? "the server is a standby" : null;
            String readOnly = rows.getBoolean(8) ? "default_transaction_read_only is on" : null;
            List<String> unsafe = new ArrayList<>(2);
            if (rows.getBoolean(12)) {
                unsafe.add("fsync");
            }
            if (rows.getBoolean(13)) {
                unsafe.add("full_page_writes");
            }
            return new ServerFacts(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getBoolean(5),
                    rows.getString(6),
                    standby == null ? readOnly : standby,
                    rows.getBoolean(9),
                    rows.getInt(10),
                    rows.getBoolean(11),
                    unsafe);
        }
    }

    /** Refuses a database that can't keep every text, and one that takes no writes where the store is to write. */
    void require(String name, boolean readOnly) {
        if (!encoding.equals("UTF8")) {
            throw refused(Text.format(
                    "%s can't be opened: its database %s has the encoding %s, which can't keep every file id and message; create another"
                            + " one: create database NAME encoding 'UTF8' template template0",
                    name, Text.quote(database), Text.quote(encoding)));
        }
        if (refusesWrites != null && !readOnly) {
            throw refused(Text.format(
                    "%s can't be opened for writing: %s; point the url at the primary (with several hosts:"
                            + " targetServerType=primary), switch default_transaction_read_only off, or open the store with readOnly",
                    name, refusesWrites));
        }
    }

    private static BatchEngineException refused(String message) {
        return BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message);
    }
}
