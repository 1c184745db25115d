package io.batchengine;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A digest of all that a caller asked for under an idempotency key; the statuses and defaults of today are not in it. It is stored and
 * compared by later versions. So options stand in it by name, and only those that differ from what they are where nobody sets them: an
 * option that comes with a later version does not make another request of an old one.
 */
final class RequestFingerprint {
    private final Hasher hasher = Hashing.sha256().newHasher();

    private RequestFingerprint() {}

    static String of(Scope scope, CreateBatch request) {
        RequestFingerprint print = new RequestFingerprint();
        print.put(scope.organizationId());
        print.put(request.sourceDirectoryId());
        print.put(request.config().job().type().name());
        print.put(request.config().job().configurationId());
        print.put(request.requestedBy());
        BatchOptions options = request.options();
        if (options != null) {
            print.put("options");
            print.put(options);
        }
        return print.hasher.hash().toString();
    }

    private void put(BatchOptions options) {
        RetryPolicy retry = options.retry();
        put("maxAttempts", retry.maxAttempts(), 1);
        put("initialBackoff", retry.initialBackoff(), Duration.ZERO);
        put("maxBackoff", retry.maxBackoff(), Duration.ZERO);
        put("retryOn", retry.retryOn(), RetryPolicy.NONE.retryOn());
        put("jobTimeout", options.jobTimeout(), null);
        put("maxFiles", options.maxFiles(), BatchOptions.DEFAULT.maxFiles());
        put("maxFailures", options.tolerance().maxCount(), FailureTolerance.ALL.maxCount());
        put("maxFailedPercent", options.tolerance().maxPercent(), FailureTolerance.ALL.maxPercent());
        put("priority", options.priority(), BatchOptions.DEFAULT_PRIORITY);
    }

    private void put(String name, @Nullable Object value, @Nullable Object unset) {
        if (!Objects.equals(value, unset)) {
            put(name);
            put(String.valueOf(value));
        }
    }

    private void put(@Nullable String value) {
        if (value == null) {
            hasher.putInt(-1);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            hasher.putInt(bytes.length).putBytes(bytes);
        }
    }
}
