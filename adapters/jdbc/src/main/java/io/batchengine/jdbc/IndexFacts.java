package io.batchengine.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An index, or a primary key, of a table.
 *
 * @param name its name; of a key that is no index, empty
 * @param unique whether it refuses a second row with the same values
 * @param columns its columns, in their order
 * @param condition which rows it holds, in one form for all databases; empty: all
 */
record IndexFacts(String name, boolean unique, List<String> columns, String condition) {
    private static final Pattern INDEX =
            Pattern.compile("create (unique )?index (\\w+) on \\w+ ?(?:using \\w+ )?\\(([^)]*)\\)(?s)(.*)");
    private static final Pattern CONDITION = Pattern.compile("(?is).*?\\bwhere\\b(.*)");

    /** Of a statement of the schema that makes an index. */
    static IndexFacts ofStatement(String statement) {
        Matcher index = INDEX.matcher(statement);
        if (!index.find()) {
            throw new IllegalStateException("no index in " + statement);
        }
        return new IndexFacts(
                index.group(2), index.group(1) != null, columns(index.group(3)), conditionOf(index.group(4)));
    }

    /** The names in a list of columns, whatever their order is. */
    static List<String> columns(String list) {
        return Pattern.compile(",")
                .splitAsStream(list)
                .map(column -> column.strip().replaceFirst(" .*", ""))
                .toList();
    }

    /** The condition in a statement that makes an index. */
    static String conditionOf(String statement) {
        Matcher found = CONDITION.matcher(statement);
        return found.matches() ? plain(found.group(1)) : "";
    }

    /** A condition in one form: databases put brackets around it. */
    static String plain(String condition) {
        return condition.replaceAll("[();\\s]", "").toLowerCase(Locale.ROOT);
    }

    /** Whether it keeps the same rows apart as another does. */
    boolean isUniqueAs(IndexFacts other) {
        return unique && columns.equals(other.columns) && condition.equals(other.condition);
    }
}
