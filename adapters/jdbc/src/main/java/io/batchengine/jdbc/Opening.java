package io.batchengine.jdbc;

/** Finds out which database a store's settings name, and opens it. */
final class Opening {
    private Opening() {}

    static OpenStore open(Settings settings) {
        String url = settings.url();
        if ((url == null) == (settings.dataSource() == null)) {
            throw Failures.invalid("a store needs either a url or a data source");
        }
        if (url != null && url.startsWith(SqliteOpening.URL_PREFIX)) {
            return SqliteOpening.open(settings, SqliteOpening.fileOf(url));
        }
        throw Failures.invalid("the url begins with neither jdbc:sqlite: nor jdbc:postgresql:");
    }
}
