package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
        Path file = settings.file();
        if (url != null && file == null && source == null) {
            return byUrl(settings, url);
        }
        if (url == null && file != null && source == null) {
            return byFile(settings, file);
        }
        if (url == null && file == null && source != null) {
            return from(settings, source);
        }
        throw Failures.invalid("a store needs one of a url, a file and a data source");
    }

    private static OpenStore byFile(Settings settings, Path file) {
        if (settings.user() != null || settings.password() != null) {
            throw Failures.invalid("a SQLite file has no user and no password; leave them out");
        }
        return SqliteOpening.open(settings, file);
    }

    private static OpenStore byUrl(Settings settings, String url) {
        if (url.startsWith(PostgresUrl.PREFIX)) {
            return PostgresOpening.byUrl(settings, url);
        }
        if (!url.startsWith(SqliteOpening.URL_PREFIX)) {
            throw Failures.invalid(
                    "the url begins with neither jdbc:sqlite: nor jdbc:postgresql:; the url is not shown");
        }
        return byFile(settings, SqliteOpening.fileOf(url));
    }

    /** On other threads than the caller's, to which a transaction may be bound. */
    private static OpenStore from(Settings settings, DataSource source) {
        CallThreads threads = new CallThreads();
        boolean opened = false;
        try {
            OpenStore open = threads.call(() -> given(settings, source, threads));
            opened = true;
            return open.detached(threads);
        } finally {
            if (!opened) {
                threads.close();
            }
        }
    }

    private static OpenStore given(Settings settings, DataSource source, CallThreads threads) {
        GivenSource given;
        Duration limit = settings.timeouts().connect();
        String name = "the store of the given data source";
        try (Connection first =
                ConnectionWait.bounded(source, name, threads, limit).connection()) {
            given = GivenSource.of(source, first, threads, limit);
            given.requireNoTransaction(first);
        } catch (SQLException failure) {
            throw PostgresOpening.cantOpen(name, failure);
        }
        return switch (given.product()) {
            case "PostgreSQL" -> PostgresOpening.from(settings, given, threads);
            case "SQLite" -> SqliteOpening.from(settings, given);
            default ->
                throw Failures.invalid(Text.format(
                        "the data source is of %s; SQLite and PostgreSQL are served", Text.quote(given.product())));
        };
    }
}
