package io.batchengine.internal.flow;

import io.batchengine.model.StatusReason;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The limit that keeps a batch from starting its next job.
 *
 * @param code which
 * @param value its number: what is told of two holds of one batch with the same code and value is the same
 * @param text for people; made only where somebody is to read it, since limits are asked far more often than they change
 * @param left how long it will, as far as that is known, or null
 */
public record LimitReason(
        StatusReason.Code code,
        double value,
        Supplier<String> text,
        @Nullable Duration left) {
    /**
     * What to tell people.
     *
     * @param before an earlier hold of the same batch, if there was one
     * @param told what was told of it
     * @return the same where nothing has changed
     */
    public String message(@Nullable LimitReason before, @Nullable String told) {
        boolean same = before != null && before.code == code && Double.compare(before.value, value) == 0;
        return same && told != null ? told : text.get();
    }
}
