package io.batchengine.jdbc;

import io.batchengine.jdbc.StoreMark.State;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the log of a SQLite store before SQLite does, which takes whatever log it finds for the file's own, and none for an empty one.
 * What is certain to damage the store is refused, what may be missing is told. Where nothing is certain nothing is said: neither does a
 * process that was killed at any moment leave files of which this says anything, nor a program that took the log into its file.
 */
final class LogCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);
    private static final int ATTEMPTS = 3;

    private final StoreFiles files;
    private final MainFile.Reader main;
    private final boolean alone;

    /**
     * A check of files.
     *
     * @param main reads the database without its log
     * @param alone whether the store is about to open them as the only one that writes
     */
    LogCheck(StoreFiles files, MainFile.Reader main, boolean alone) {
        this.files = files;
        this.main = main;
        this.alone = alone;
    }

    /**
     * Looks. Another process may be at work on the files where this one only reads: what was found counts if neither file has become another
     * one meanwhile.
     *
     * @return what may be missing, for people; null where all seems to be there
     * @throws BatchEngineException if the log is not that of the file, or was cut short
     */
    @Nullable
    String run() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            MainFile found = readMain();
            Optional<LogIndex> index = alone ? LogIndex.read(files.index()) : Optional.empty();
            LogFile log = LogFile.read(files.log(), found == null ? 0 : found.markPage());
            String refusal = refusal(found, log, index);
            String missing = refusal == null && log.isMissing() ? missing(found, index) : null;
            if (refusal == null && missing == null) {
                return null;
            }
            MainFile again = readMain();
            if (log.isStillAt(files.log()) && (found == null ? again == null : found.equals(again))) {
                if (refusal != null) {
                    throw Failures.corrupt(refusal);
                }
                LOG.warn("{}", missing);
                return missing;
            }
        }
        return null;
    }

    /** Null where it can't be read: that is told by the connection that needs more of it. */
    private @Nullable MainFile readMain() throws IOException {
        if (isEmpty(files.database())) {
            return MainFile.NOTHING;
        }
        try {
            return main.read();
        } catch (SQLException unreadable) {
            LOG.debug("{} has no mark that can be read: {}", files.database(), Text.describe(unreadable));
            return null;
        }
    }

    private @Nullable String refusal(@Nullable MainFile found, LogFile log, Optional<LogIndex> index)
            throws IOException {
        if (isCut(found, log)) {
            return Text.format(
                    "the store %s was cut short: it is %d bytes long, and pages that it had are neither in it nor in its log; restore a backup",
                    name(files.database()), Files.size(files.database()));
        }
        if (log.isMissing()) {
            return null;
        }
        if (log.hasHeader() && isEmpty(files.database())) {
            return Text.format(
                    "the store %s is empty or not there, and the log %s of a store is: put the file back to which the log belongs;"
                            + " or move the log away to begin with an empty store",
                    name(files.database()), name(files.log()));
        }
        if (index.isPresent()
                && (index.get().isOf(log) || !log.isLog())
                && log.frames() < index.get().frames()) {
            return cutShort(log, index.get());
        }
        if (found != null && !log.marks().isEmpty() && !knownTo(log.marks()).contains(found.markId())) {
            return Text.format(
                    "the log %s does not belong to the store %s: it is of another file, or one of both is of an earlier time;"
                            + " put both back as they were together; or move the log away, and what it holds is not in the store",
                    name(files.log()), name(files.database()));
        }
        return null;
    }

    /** A database that is cut where its log goes on would be made as long as before by the first checkpoint, with a hole. */
    private boolean isCut(@Nullable MainFile found, LogFile log) throws IOException {
        if (isEmpty(files.database())) {
            return false;
        }
        long length = Files.size(files.database());
        return log.pages().tellLength() ? log.pages().leaveHole(length) : found != null && length < found.length();
    }

    private String cutShort(LogFile log, LogIndex index) {
        boolean inFile = index.frames() == index.inFile();
        String way = inFile
                ? Text.format("all of it is in the store, so that you can move %s and %s away", log(), index())
                : log.frames() < index.inFile()
                        ? Text.format(
                                "without a backup: move %s and %s away, and what was acknowledged last is missing",
                                log(), index())
                        : Text.format("without it: move %s away, and what was acknowledged last is missing", index());
        return Text.format(
                "the log %s of the store %s was cut short, or is damaged: %d of its %d frames are whole; put the whole log back, or a"
                        + " backup of the store; %s",
                log(), name(files.database()), log.frames(), index.frames(), way);
    }

    /** The marks of a log, and the one before them: that of the file is among them, as only this log has changed it since. */
    private static Set<String> knownTo(List<StoreMark> marks) {
        Set<String> known = new HashSet<>();
        known.add(marks.get(0).previous());
        marks.forEach(mark -> known.add(mark.id()));
        return known;
    }

    private @Nullable String missing(@Nullable MainFile found, Optional<LogIndex> index) {
        boolean closed = found != null && found.mark().map(StoreMark::state).orElse(State.OPEN) == State.CLOSED;
        boolean needed = found != null && found.needsLog();
        boolean certain =
                index.isPresent() && index.get().inFile() < index.get().frames();
        boolean whole = index.isPresent() && index.get().frames() > 0 && !certain;
        if (closed || whole || !(certain || needed)) {
            return null;
        }
        String since = found == null
                ? ""
                : found.mark().map(mark -> " since " + mark.at()).orElse("");
        return Text.format(
                "work that was acknowledged%s %s missing from the store %s, or runs again: its log %s is gone, and the store was not closed;"
                        + " if you can, close this store, and put a backup or the log back, with the file as it was before",
                since, certain ? "is" : "may be", name(files.database()), log());
    }

    private String log() {
        return name(files.log());
    }

    private String index() {
        return name(files.index());
    }

    private static String name(Path file) {
        return Text.quote(file.toString());
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }
}
