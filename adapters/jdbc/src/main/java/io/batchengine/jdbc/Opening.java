package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Finds out which database a store's settings name, and opens it. */
final class Opening {
    private Opening() {}

    static OpenStore open(Settings settings) {
        return Interrupts.shield(() -> find(settings));
    }

    private static OpenStore find(Settings settings) {
        String url = settings.url();
        DataSource source = settings.dataSource();
        if (url != null && source == null) {
            return byUrl(settings, url);
        }
        if (url == null && source != null) {
            return from(settings, source);
        }
        throw Failures.invalid("a store needs either a url or a data source");
    }

    /** A SQLite file, whatever its name. */
    static OpenStore open(Settings settings, Path file) {
        return Interrupts.shield(() -> SqliteOpening.open(settings, file));
    }

    private static OpenStore byUrl(Settings settings, String url) {
        if (url.startsWith(PostgresUrl.PREFIX)) {
            return PostgresOpening.byUrl(settings, url);
        }
        if (!url.startsWith(SqliteOpening.URL_PREFIX)) {
            throw Failures.invalid(
                    "the url begins with neither jdbc:sqlite: nor jdbc:postgresql:; the url is not shown");
        }
        if (settings.user() != null || settings.password() != null) {
            throw Failures.invalid("a SQLite file has no user and no password; leave them out");
        }
        return SqliteOpening.open(settings, SqliteOpening.fileOf(url));
    }

    private static OpenStore from(Settings settings, DataSource source) {
        String url;
        String product;
        try (Connection connection = source.getConnection()) {
            url = String.valueOf(connection.getMetaData().getURL());
            product = String.valueOf(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException failure) {
            throw PostgresOpening.cantOpen("the store of the given data source", failure);
        }
        return switch (product) {
            case "PostgreSQL" -> PostgresOpening.from(settings, source, "the store at " + PostgresUrl.shown(url));
            case "SQLite" -> SqliteOpening.from(settings, source, url);
            default ->
                throw Failures.invalid(
                        Text.format("the data source is of %s; SQLite and PostgreSQL are served", Text.quote(product)));
        };
    }
}
