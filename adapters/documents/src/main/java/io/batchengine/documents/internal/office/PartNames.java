package io.batchengine.documents.internal.office;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The names of a package's parts. They are equal whatever their case, and whether they begin with a slash, a dot and a slash, or neither. Some programs write
 * them with backslashes or with percent signs.
 */
final class PartNames {
    private PartNames() {}

    /** The same text for names of the same part. */
    static String key(String name) {
        String path = decoded(name.replace('\\', '/'));
        StringBuilder key = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                key.append(key.isEmpty() ? "" : "/").append(segment);
            }
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    /** The name of a relationship's target, which is relative to the folder of its source unless it begins with a slash. */
    static String resolve(String folder, String target) {
        String written = target.replace('\\', '/');
        String path = written.startsWith("/") ? written.substring(1) : folder + written;
        StringBuilder out = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/", Math.max(0, out.length() - 2)) + 1));
            } else if (!segment.equals(".")) {
                out.append(segment).append('/');
            }
        }
        out.setLength(Math.max(0, out.length() - 1));
        return out.toString();
    }

    /** The part of a name after its last dot, in lower case; empty where there is none. */
    static String extension(String key) {
        String file = key.substring(key.lastIndexOf('/') + 1);
        return file.substring(file.lastIndexOf('.') + 1);
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) { // a percent sign that is only that
            return name;
        }
    }
}
