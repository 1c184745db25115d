package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done before a store is closed whose files were removed or replaced. SQLite leaves the log of a database that was moved where it
 * is, and would take it for the log of the file that is there now. So all of the log goes into the database that it belongs to, wherever
 * that is now, and no log is left beside another one.
 */
final class LostFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LostFiles.class);

    private LostFiles() {}

    /** Never throws; the connections that read are closed. */
    static void settle(Session writer, StoreFiles files, FileKeys keys) {
        try {
            writer.execute("pragma busy_timeout = 0");
            writer.execute("pragma wal_checkpoint(truncate)");
        } catch (SQLException failure) {
            LOG.warn("the log of a store that was lost can't be taken into its file: {}", Text.describe(failure));
        }
        Path log = files.log();
        try {
            if (keys.isSame(log) && !keys.isSame(files.database()) && Files.size(log) > 0) {
                Path aside = log.resolveSibling(log.getFileName() + ".lost");
                Files.move(log, aside, StandardCopyOption.ATOMIC_MOVE);
                LOG.warn("the log of the store that was lost is in {}", Text.quote(aside.toString()));
            }
        } catch (IOException failure) {
            LOG.error(
                    "remove {} before you open another store there: it is the log of one that was lost ({})",
                    Text.quote(log.toString()),
                    Text.describe(failure));
        }
    }
}
