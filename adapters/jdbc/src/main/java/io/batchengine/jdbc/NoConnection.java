package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Why a data source gives no connection, where that is not for a pool that is empty. */
final class NoConnection {
    private static final Pattern CLOSED = Pattern.compile("(?i)(pool|data ?source)\\S* (is |was |has been )?closed\\b");

    private NoConnection() {}

    /** A data source has answered null. */
    static final class Null extends SQLException {
        private static final long serialVersionUID = 1;

        Null() {
            super("the data source gave null for a connection");
        }
    }

    /** What is wrong and what to do, for a sentence; null where the pool may just be empty. */
    static @Nullable String reason(DataSource source, SQLException failure) {
        if (failure instanceof Null) {
            return "the data source answered null instead of a connection; give the store a data source that"
                    + " answers with a connection or throws";
        }
        HikariDataSource hikari = Unpooled.hikari(source);
        return (hikari != null && hikari.isClosed())
                        || CLOSED.matcher(Text.describe(failure)).find()
                ? "the pool is closed; close engine and store before their pool, and open them again on one that is open"
                : null;
    }
}
