package io.batchengine.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a SQLite store has written about itself, in a row of its own: at opening, at checkpoints and when it is closed, never with a commit.
 * Each mark names the one before, so that the marks in a log tell which files the log belongs to.
 *
 * @param id drawn for this mark
 * @param previous the id of the mark before; {@link #NONE} for the first
 * @param at when it was written, for people
 */
record StoreMark(State state, String id, String previous, Instant at) {
    /** What the store was doing. */
    enum State {
        /** It was open. If the copy of the mark in the file is another one, the log is needed. */
        OPEN,
        /** It was closed, and all of the log taken into the file. */
        CLOSED
    }

    /** The key of the row. */
    static final String KEY = "mark";

    /** The id of no mark: of a store of an earlier version, or before its first. */
    static final String NONE = "-";

    /** As it is stored. */
    String text() {
        return state + " " + id + " " + previous + " " + at;
    }

    /** Reads a stored one; empty where it is none. */
    static Optional<StoreMark> parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoreMark(State.valueOf(parts[0]), parts[1], parts[2], Instant.parse(parts[3])));
        } catch (IllegalArgumentException | DateTimeException damaged) {
            return Optional.empty();
        }
    }
}
