package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the record of a failure tells of a database's exceptions. */
class RootCauseTest {
    @Test
    void the_next_exception_of_a_database_is_followed_where_there_is_no_cause() {
        SQLException duplicate = new SQLException("duplicate key");
        SQLException batch = new BatchUpdateException("batch entry 0 was aborted", new int[0]);
        batch.setNextException(duplicate);
        assertThat(Text.describe(new IllegalStateException("can't save", batch)))
                .isEqualTo("IllegalStateException: can't save; root cause: SQLException: duplicate key");
        duplicate.initCause(new IOException("disk is full"));
        assertThat(Text.describe(batch)).endsWith("; root cause: IOException: disk is full");
        SQLException circle = new SQLException("circle");
        circle.initCause(new IllegalStateException("inner", new SQLException("last")));
        assertThat(Text.describe(circle)).endsWith("; root cause: SQLException: last");
    }
}
