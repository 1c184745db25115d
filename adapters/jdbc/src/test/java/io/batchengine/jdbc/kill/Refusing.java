package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a database refuse some texts, as one of another encoding does, or a check that somebody has added. */
final class Refusing {
    /** A database says by its code that it is about the content, or it does not. */
    private static final List<String> CODES = List.of("22P05", "P0001");

    private Refusing() {}

    /** Has a new store refuse every message that has one of {@link PlannedBatch#MARKS} in it. */
    static void messages(KillDatabase database, String store, long seed) {
        database.open(store).close(); // makes the tables
        String refused = PlannedBatch.MARKS.stream()
                .map(mark -> "new.message like '%" + mark + "%'")
                .collect(Collectors.joining(" or "));
        if (store.startsWith("jdbc:sqlite:")) {
            execute(
                    store,
                    Text.format(
                            "create trigger refuse before insert on batch_engine_file when %s"
                                    + " begin select raise(abort, 'refused by a trigger'); end",
                            refused));
        } else {
            execute(
                    store,
                    Text.format(
                            "create function refuse() returns trigger language plpgsql as"
                                    + " $$ begin raise exception 'refused by a trigger' using errcode = '%s'; end $$",
                            CODES.get((int) (seed % CODES.size()))));
            execute(
                    store,
                    Text.format(
                            "create trigger refuse before insert on batch_engine_file for each row when (%s)"
                                    + " execute function refuse()",
                            refused));
        }
    }

    private static void execute(String store, String command) {
        try (Connection connection = DriverManager.getConnection(store);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException failure) {
            throw new IllegalStateException(command, failure);
        }
    }
}
