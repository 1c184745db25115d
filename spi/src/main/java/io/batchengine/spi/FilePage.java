package io.batchengine.spi;

import io.batchengine.model.Text;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class FilePage {
    private final List<? extends SourceFile> files;
    private final boolean last;

    private FilePage(List<? extends SourceFile> files, boolean last) {
        this.files = files;
        this.last = last;
    }

    /**
     * Creates a page.
     *
     * @param files the files, in strictly ascending order of id; may be empty
     * @param last whether the listing ends with this page
     * @return the page
     */
    public static FilePage of(List<? extends SourceFile> files, boolean last) {
        return new FilePage(files, last);
    }

    /** {@return the files, in strictly ascending order of id; may be empty} */
    public List<? extends SourceFile> files() {
        return files;
    }

    /** {@return whether the listing ends with this page} */
    public boolean last() {
        return last;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilePage that && files.equals(that.files) && last == that.last;
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, last);
    }

    @Override
    public String toString() {
        return Text.format("FilePage[files=%s, last=%s]", files, last);
    }
}
