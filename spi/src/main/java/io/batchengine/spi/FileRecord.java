package io.batchengine.spi;

import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of one listed file.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class FileRecord {
    private final String batchId;
    private final long ordinal;
    private final String fileId;
    private final @Nullable SettledFile settled;
    private final @Nullable DelayedFile delayed;

    private FileRecord(
            String batchId, long ordinal, String fileId, @Nullable SettledFile settled, @Nullable DelayedFile delayed) {
        this.batchId = batchId;
        this.ordinal = ordinal;
        this.fileId = fileId;
        this.settled = settled;
        this.delayed = delayed;
    }

    /**
     * Creates the record of a file.
     *
     * @param batchId the id of the batch
     * @param ordinal the file's place in the listing
     * @param fileId the file's id
     * @param settled how it ended, or null while it has not
     * @param delayed what is recorded of it before it is settled, or null if there is nothing, or it is
     *     settled
     * @return the record
     */
    public static FileRecord of(
            String batchId, long ordinal, String fileId, @Nullable SettledFile settled, @Nullable DelayedFile delayed) {
        return new FileRecord(batchId, ordinal, fileId, settled, delayed);
    }

    /** {@return the id of the batch} */
    public String batchId() {
        return batchId;
    }

    /** {@return the file's place in the listing} */
    public long ordinal() {
        return ordinal;
    }

    /** {@return the file's id} */
    public String fileId() {
        return fileId;
    }

    /** {@return how it ended, or null while it has not} */
    public @Nullable SettledFile settled() {
        return settled;
    }

    /** {@return what is recorded of it before it is settled, or null if there is nothing, or it is settled} */
    public @Nullable DelayedFile delayed() {
        return delayed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileRecord that
                && batchId.equals(that.batchId)
                && ordinal == that.ordinal
                && fileId.equals(that.fileId)
                && Objects.equals(settled, that.settled)
                && Objects.equals(delayed, that.delayed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(batchId, ordinal, fileId, settled, delayed);
    }

    @Override
    public String toString() {
        return Text.format(
                "FileRecord[batchId=%s, ordinal=%s, fileId=%s, settled=%s, delayed=%s]",
                batchId, ordinal, fileId, settled, delayed);
    }
}
