package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered scripts that make the tables: the first makes them, each further one brings the tables of the version before to its own. A
 * script writes its version itself, so that whoever runs it by hand gets the same.
 */
class SchemaScripts {
    /** Those of this library. */
    static final SchemaScripts OF_THE_JAR = new SchemaScripts(1, SchemaScripts::resource);

    private static final Pattern DRAFT = Pattern.compile("'draft', '(\\w+)'");

    /** Where the texts of scripts are. */
    @FunctionalInterface
    interface Source {
        /** The script that leads to a version. */
        String text(String database, int version);
    }

    private final int version;
    private final Source source;

    SchemaScripts(int version, Source source) {
        this.version = version;
        this.source = source;
    }

    /** The newest version, with which this library works. */
    int version() {
        return version;
    }

    /** What a script is called in the jar, and in messages. */
    static String name(String database, int version) {
        return Text.format("schema/%s-%d.sql", database, version);
    }

    private static String resource(String database, int version) {
        String name = name(database, version);
        try (InputStream in = SchemaScripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of one script. */
    final String text(String database, int wanted) {
        return source.text(database, wanted);
    }

    /** The statements of one script, for tables of a prefix. Each ends at the end of a line. */
    List<String> statements(String database, int wanted, String prefix) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : text(database, wanted).lines().toList()) {
            if (line.isBlank() || line.startsWith("--")) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(";")) {
                statements.add(statement.toString().replace("${prefix}", prefix));
                statement.setLength(0);
            }
        }
        return statements;
    }

    /**
     * Which draft of version 1 the first script is. Until version 1 is frozen its script may change: tables of another draft have the same
     * number, and another form.
     */
    String draft(String database) {
        Matcher draft = DRAFT.matcher(text(database, 1));
        if (!draft.find()) {
            throw new IllegalStateException(name(database, 1) + " does not say which draft it is");
        }
        return draft.group(1);
    }
}
