package io.batchengine.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the pages of a closed SQLite file, and damages them. */
final class SqlitePages {
    private static final int SIZE = 4096;

    private SqlitePages() {}

    /** The leaves of a table or an index, in the order of its keys. */
    static List<Integer> leaves(Path file, String name) throws SQLException {
        List<Integer> pages = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select pageno from dbstat where name = '" + name + "' and pagetype = 'leaf' order by path")) {
            while (rows.next()) {
                pages.add(rows.getInt(1));
            }
        }
        return pages;
    }

    /** The leaf with the highest keys. */
    static int last(Path file, String name) throws SQLException {
        List<Integer> pages = leaves(file, name);
        return pages.get(pages.size() - 1);
    }

    /** Overwrites two bytes of the header of a page. */
    static void damage(Path file, int page, int place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(page - 1) * SIZE + place] = (byte) 0xff;
        bytes[(page - 1) * SIZE + place + 1] = (byte) 0xff;
        Files.write(file, bytes);
    }
}
