package io.batchengine.jdbc;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.RetryPolicy.Failure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A batch's options as text that people can read: {@code max-attempts=3;initial-backoff=PT1S;...}. The priority is not among them: it is
 * a column of its own, beside the one that claims go by.
 */
final class OptionsText {
    private static final String MAX_ATTEMPTS = "max-attempts";
    private static final String INITIAL_BACKOFF = "initial-backoff";
    private static final String MAX_BACKOFF = "max-backoff";
    private static final String RETRY_ON = "retry-on";
    private static final String MAX_FILES = "max-files";
    private static final String MAX_FAILED = "max-failed";
    private static final String MAX_FAILED_PERCENT = "max-failed-percent";
    private static final String JOB_TIMEOUT = "job-timeout";

    private OptionsText() {}

    static String write(BatchOptions options) {
        RetryPolicy retry = options.retry();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(MAX_ATTEMPTS, retry.maxAttempts());
        values.put(INITIAL_BACKOFF, retry.initialBackoff());
        values.put(MAX_BACKOFF, retry.maxBackoff());
        values.put(RETRY_ON, retry.retryOn().stream().map(Failure::name).collect(Collectors.joining(",")));
        values.put(MAX_FILES, options.maxFiles());
        values.put(MAX_FAILED, options.tolerance().maxCount());
        values.put(MAX_FAILED_PERCENT, options.tolerance().maxPercent());
        if (options.jobTimeout() != null) {
            values.put(JOB_TIMEOUT, options.jobTimeout());
        }
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }

    static BatchOptions read(String text, int priority) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            values.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        RetryPolicy retry = RetryPolicy.of(Integer.parseInt(take(values, MAX_ATTEMPTS)))
                .withBackoff(Duration.parse(take(values, INITIAL_BACKOFF)), Duration.parse(take(values, MAX_BACKOFF)))
                .withRetryOn(failures(take(values, RETRY_ON)));
        long maxFiles = Long.parseLong(take(values, MAX_FILES));
        FailureTolerance tolerance = FailureTolerance.ofCount(Long.parseLong(take(values, MAX_FAILED)))
                .withMaxPercent(Double.parseDouble(take(values, MAX_FAILED_PERCENT)));
        Duration timeout = values.containsKey(JOB_TIMEOUT) ? Duration.parse(take(values, JOB_TIMEOUT)) : null;
        if (!values.isEmpty()) {
            throw new IllegalStateException("stored batch options have parts that this version does not know: "
                    + values.keySet() + "; open the store with the version that wrote them");
        }
        return BatchOptions.DEFAULT
                .withRetry(retry)
                .withJobTimeout(timeout)
                .withMaxFiles(maxFiles)
                .withTolerance(tolerance)
                .withPriority(priority);
    }

    private static Set<Failure> failures(String names) {
        Set<Failure> failures = EnumSet.noneOf(Failure.class);
        if (!names.isEmpty()) {
            for (String name : names.split(",", -1)) {
                failures.add(Failure.valueOf(name));
            }
        }
        return failures;
    }

    private static String take(Map<String, String> values, String key) {
        String value = values.remove(key);
        if (value == null) {
            throw new IllegalStateException("stored batch options have no " + key);
        }
        return value;
    }
}
