package io.batchengine.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Gives calls their connection and their transaction. */
interface Database extends AutoCloseable {
    /** What a call does with its connection. */
    interface Work<T> {
        T in(Session session) throws SQLException;
    }

    /** Runs work in one transaction: all of it is durable when this returns, or nothing of it where it throws before the end. */
    <T> T write(Work<T> work);

    /** Runs work that only reads; each of its queries sees what was committed when it began. */
    <T> T read(Work<T> work);

    /**
     * Runs a task that takes a connection of its own for longer than a call, where calls take theirs. Not from within a call: who waits
     * for a second connection with the first in hand keeps others from giving theirs back.
     */
    void apart(Runnable task);

    /** What is wrong now, for people; asks the database nothing. */
    default List<String> warnings() {
        return List.of();
    }

    /** What is worth knowing though nothing is wrong, for people; asks the database nothing. */
    default List<String> notes() {
        return List.of();
    }

    /** Called when there is nothing to do: a moment for what a database needs now and then. Throws nothing. */
    default void idle() {}

    /** Copies it into a new file, while it is in use. */
    default void backup(Path target) {
        throw Failures.invalid(this + " is no file that could be copied; make its backups with pg_dump");
    }

    /** What it is, for messages; holds no secret. */
    @Override
    String toString();

    /** Waits for calls under way; later calls are refused. Calling it again changes nothing. */
    @Override
    void close();
}
