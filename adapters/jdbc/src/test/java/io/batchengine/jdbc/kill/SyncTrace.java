package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y} wrote of a child whose store is {@link OneWriteAtATime}: at each answer the log must have been written since
 * the answer before, and synced since it was written. A write counts from its call on, a sync from its return.
 */
final class SyncTrace {
    private static final Pattern CALL =
            Pattern.compile("^(\\d+) +(pwrite64|write|pwritev|fdatasync|fsync)\\((\\d+)<([^>]*)>(?:, (\"[^\"]*))?.*");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (fdatasync|fsync) resumed>.*");
    private static final String ANSWER = "\"A ";

    private final Set<String> dirty = new HashSet<>(); // files with writes that no sync has followed
    private final Map<String, String> syncing = new HashMap<>(); // thread to file
    private final Map<String, Set<String>> writtenMeanwhile = new HashMap<>(); // thread to files, while it syncs
    private final List<String> violations = new ArrayList<>();
    private boolean written;
    private boolean failed;
    private int answers;
    private int syncs;
    private int writesAfterFailure;

    static SyncTrace of(List<String> lines) {
        SyncTrace trace = new SyncTrace();
        for (int i = 0; i < lines.size(); i++) {
            trace.read(i + 1, lines.get(i));
        }
        return trace;
    }

    private void read(int number, String line) {
        Matcher call = CALL.matcher(line);
        Matcher resumed = RESUMED.matcher(line);
        if (resumed.matches()) {
            synced(resumed.group(1), line);
        } else if (call.matches() && call.group(2).endsWith("sync")) {
            syncing.put(call.group(1), call.group(4));
            writtenMeanwhile.put(call.group(1), new HashSet<>());
            if (!line.endsWith("<unfinished ...>")) {
                synced(call.group(1), line);
            }
        } else if (call.matches() && isLog(call.group(4))) {
            dirty.add(call.group(4));
            writtenMeanwhile.values().forEach(files -> files.add(call.group(4)));
            written = true;
            writesAfterFailure += failed ? 1 : 0;
        } else if (call.matches() && call.group(5) != null && call.group(5).startsWith(ANSWER)) {
            answered(number, line);
        }
    }

    private void synced(String thread, String line) {
        String file = syncing.remove(thread);
        Set<String> meanwhile = writtenMeanwhile.remove(thread);
        if (!line.endsWith(" = 0")) {
            failed = true;
        } else if (file != null && meanwhile != null) {
            syncs++;
            if (!meanwhile.contains(file)) {
                dirty.remove(file);
            }
        }
    }

    private void answered(int number, String line) {
        answers++;
        if (!dirty.isEmpty()) {
            violations.add(Text.format("line %d: %s: answered before a sync of %s", number, line, dirty));
        }
        if (!written) {
            violations.add(Text.format("line %d: %s: answered without a write", number, line));
        }
        written = false;
    }

    private static boolean isLog(String file) {
        return file.endsWith("-wal");
    }

    /** What was answered too early. */
    List<String> violations() {
        return violations;
    }

    int answers() {
        return answers;
    }

    int syncs() {
        return syncs;
    }

    /** Whether a sync has failed. */
    boolean failed() {
        return failed;
    }

    /** How often the log was written after a sync of anything had failed. */
    int writesAfterFailure() {
        return writesAfterFailure;
    }
}
