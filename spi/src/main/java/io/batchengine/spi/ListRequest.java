package io.batchengine.spi;

import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SourceDirectory#list} is to list.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ListRequest {
    private final Scope scope;
    private final String directoryId;
    private final Optional<String> afterId;

    private ListRequest(Scope scope, String directoryId, Optional<String> afterId) {
        this.scope = scope;
        this.directoryId = directoryId;
        this.afterId = afterId;
    }

    /**
     * Creates a request to list a directory from its begin.
     *
     * @param scope on whose behalf
     * @param directoryId the directory
     * @return the request
     */
    public static ListRequest of(Scope scope, String directoryId) {
        return new ListRequest(scope, directoryId, Optional.empty());
    }

    /**
     * Chooses where the listing begins.
     *
     * @param value the last id that was listed before, or empty for the begin
     * @return a changed copy
     */
    public ListRequest withAfterId(Optional<String> value) {
        return new ListRequest(scope, directoryId, value);
    }

    /** {@return the scope on whose behalf the call is made} */
    public Scope scope() {
        return scope;
    }

    /** {@return the id of the directory} */
    public String directoryId() {
        return directoryId;
    }

    /**
     * {@return the id after which the listing begins, or empty for its begin. The file of that id need not
     * exist any more}
     */
    public Optional<String> afterId() {
        return afterId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListRequest that
                && scope.equals(that.scope)
                && directoryId.equals(that.directoryId)
                && afterId.equals(that.afterId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, directoryId, afterId);
    }

    @Override
    public String toString() {
        return Text.format("ListRequest[scope=%s, directoryId=%s, afterId=%s]", scope, directoryId, afterId);
    }
}
