package io.batchengine.jdbc;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A batch's options as text that people can read: {@code max-attempts=3;initial-backoff=PT1S;...}. */
final class OptionsText {
    private static final String MAX_ATTEMPTS = "max-attempts";
    private static final String INITIAL_BACKOFF = "initial-backoff";
    private static final String MAX_BACKOFF = "max-backoff";
    private static final String MAX_FILES = "max-files";
    private static final String JOB_TIMEOUT = "job-timeout";

    private OptionsText() {}

    static String write(BatchOptions options) {
        RetryPolicy retry = options.retry();
        String text = "%s=%d;%s=%s;%s=%s;%s=%d"
                .formatted(
                        MAX_ATTEMPTS,
                        retry.maxAttempts(),
                        INITIAL_BACKOFF,
                        retry.initialBackoff(),
                        MAX_BACKOFF,
                        retry.maxBackoff(),
                        MAX_FILES,
                        options.maxFiles());
        return options.jobTimeout() == null ? text : text + ";" + JOB_TIMEOUT + "=" + options.jobTimeout();
    }

    static BatchOptions read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            values.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        RetryPolicy retry = new RetryPolicy(
                Integer.parseInt(take(values, MAX_ATTEMPTS)),
                Duration.parse(take(values, INITIAL_BACKOFF)),
                Duration.parse(take(values, MAX_BACKOFF)));
        long maxFiles = Long.parseLong(take(values, MAX_FILES));
        Duration timeout = values.containsKey(JOB_TIMEOUT) ? Duration.parse(take(values, JOB_TIMEOUT)) : null;
        if (!values.isEmpty()) {
            throw new IllegalStateException("stored batch options have parts that this version does not know: "
                    + values.keySet() + "; open the store with the version that wrote them");
        }
        return new BatchOptions(retry, timeout, maxFiles);
    }

    private static String take(Map<String, String> values, String key) {
        String value = values.remove(key);
        if (value == null) {
            throw new IllegalStateException("stored batch options have no " + key);
        }
        return value;
    }
}
