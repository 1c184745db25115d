package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a log that does not get into its SQLite file: readers keep it from that, or the file is damaged. Any thread. */
final class UntakenLog {
    private static final Logger LOG = LoggerFactory.getLogger(UntakenLog.class);

    /** What the log is cut to when it is emptied: a longer one could not be emptied for long. */
    static final long BOUND = 64L << 20;

    private final String store;
    private final StoreFiles files;
    private volatile @Nullable String damage;

    UntakenLog(String store, StoreFiles files) {
        this.store = store;
        this.files = files;
    }

    /** A checkpoint has met damage of the file; logged once, until one works again. */
    void damaged(SQLException failure) {
        String told = Text.format(
                "%s can't take its log into the file, which is damaged; what it acknowledges now may not be found once it is closed:"
                        + " make a backup now with JdbcBatchStore.backup or batch-docs backup; if that fails, stop creating batches;"
                        + " close the store, check the disk, and restore the newest backup that is whole (%s)",
                store, Text.describe(failure));
        if (damage == null) {
            LOG.error("{}", told);
        }
        damage = told;
    }

    /** A checkpoint has worked. */
    void taken() {
        if (damage != null) {
            damage = null;
            LOG.info("{} takes its log into the file again", store);
        }
    }

    /** What is wrong now, for people. */
    List<String> warnings() {
        List<String> told = new ArrayList<>();
        String damaged = damage;
        if (damaged != null) {
            told.add(damaged);
        }
        long size = size();
        if (size > BOUND) {
            told.add(Text.format(
                    "the log %s has grown to %d MB: a reader that stays open keeps it from being emptied; close read-only"
                            + " stores and other programs that have the store open, and the next writes shrink it",
                    Text.quote(files.log().toString()), size >> 20));
        }
        return told;
    }

    private long size() {
        try {
            return Files.size(files.log());
        } catch (IOException missing) {
            return 0;
        }
    }

    /** Before the store is closed, by which SQLite removes the log: copies that of a damaged file, as it may hold pages that the file lost. */
    void keep() {
        if (damage == null) {
            return;
        }
        Path log = files.log();
        Path kept = log.resolveSibling(log.getFileName() + ".kept");
        try {
            Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            LOG.error(
                    "{} is closed with a damaged file; a copy of its log is in {}: keep it with the file until a backup is restored",
                    store,
                    Text.quote(kept.toString()));
        } catch (IOException failure) {
            LOG.error(
                    "{} is closed with a damaged file, and its log can't be copied: {}", store, Text.describe(failure));
        }
    }
}
