package io.batchengine.jdbc;

import io.batchengine.spi.SettledFile;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How files of a range ended, by ordinal; and of which files that is not certain, since a row is damaged. */
final class Ends {
    private final NavigableMap<Long, SettledFile> files = new TreeMap<>();
    private final NavigableSet<Long> unsure = new TreeSet<>();

    void add(SettledFile file) {
        if (files.put(file.ordinal(), file) != null) { // a file has one end: one of both rows is not of this file
            files.remove(file.ordinal());
            unsure.add(file.ordinal());
        } else if (!unsure.isEmpty() && unsure.contains(file.ordinal())) {
            unsure.remove(file.ordinal());
        }
    }

    /** A row that may tell of any of these is damaged. */
    void unsure(long from, long below) {
        for (long ordinal = from; ordinal < below; ordinal++) {
            if (!files.containsKey(ordinal)) {
                unsure.add(ordinal);
            }
        }
    }

    NavigableMap<Long, SettledFile> files() {
        return files;
    }

    NavigableSet<Long> unsure() {
        return unsure;
    }
}
