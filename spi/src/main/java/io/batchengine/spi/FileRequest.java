package io.batchengine.spi;

import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which file {@link SourceDirectory#find} is to find.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class FileRequest {
    private final Scope scope;
    private final String directoryId;
    private final String fileId;

    private FileRequest(Scope scope, String directoryId, String fileId) {
        this.scope = scope;
        this.directoryId = directoryId;
        this.fileId = fileId;
    }

    /**
     * Creates a request.
     *
     * @param scope the scope on whose behalf the call is made
     * @param directoryId the id of the directory
     * @param fileId the id of the file, as a listing of this directory gave it
     * @return the request
     */
    public static FileRequest of(Scope scope, String directoryId, String fileId) {
        return new FileRequest(scope, directoryId, fileId);
    }

    /** {@return the scope on whose behalf the call is made} */
    public Scope scope() {
        return scope;
    }

    /** {@return the id of the directory} */
    public String directoryId() {
        return directoryId;
    }

    /** {@return the id of the file, as a listing of this directory gave it} */
    public String fileId() {
        return fileId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileRequest that
                && scope.equals(that.scope)
                && directoryId.equals(that.directoryId)
                && fileId.equals(that.fileId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, directoryId, fileId);
    }

    @Override
    public String toString() {
        return Text.format("FileRequest[scope=%s, directoryId=%s, fileId=%s]", scope, directoryId, fileId);
    }
}
