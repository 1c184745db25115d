package io.batchengine.jdbc;

import java.nio.file.Path;
import java.util.Properties;

/**
 * Which SQLite files this process has open to write, whatever class loader the library was loaded by: a redeployed application has
 * another copy of every class. So it is kept among the system's properties, as text, which holds on to no class loader.
 */
final class OpenFiles {
    private static final String PREFIX = "io.batchengine.jdbc.open.";
    private static final String SPOILED = "spoiled";

    private OpenFiles() {}

    /** Enters a file; false where it is entered already. */
    static boolean enter(Path file) {
        return registry().putIfAbsent(key(file), "true") == null;
    }

    static boolean isOpen(Path file) {
        return registry().getProperty(key(file)) != null;
    }

    /** Enters that the log of a file was damaged while it was open here: SQLite's own state of it lives as long as this process. */
    static void spoil(Path file) {
        registry().put(key(file), SPOILED);
    }

    static boolean isSpoiled(Path file) {
        return SPOILED.equals(registry().getProperty(key(file)));
    }

    static void leave(Path file) {
        registry().remove(key(file));
    }

    private static Properties registry() {
        return System.getProperties();
    }

    /** As a URI, which is the same bytes in every locale. */
    private static String key(Path file) {
        return PREFIX + file.toUri();
    }
}
