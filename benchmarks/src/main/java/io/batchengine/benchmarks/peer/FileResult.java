package io.batchengine.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file.
 *
 * @param message null where the job succeeded
 */
record FileResult(int ordinal, @Nullable String message, long finishedMicros, int durationMillis) {
    static final short SUCCEEDED = 0;
    static final short FAILED = 1;

    short outcome() {
        return message == null ? SUCCEEDED : FAILED;
    }

    String fileId() {
        return fileId(ordinal);
    }

    String jobId() {
        return "job-" + ordinal;
    }

    /** As {@link io.batchengine.benchmarks.NoOpFiles} makes it. */
    static String fileId(int ordinal) {
        return "dfl-document-" + Integer.toString(100_000_000 + ordinal).substring(1) + ".pdf";
    }
}
