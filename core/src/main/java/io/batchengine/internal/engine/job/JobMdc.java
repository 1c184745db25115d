package io.batchengine.internal.engine.job;

import io.batchengine.model.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * The logging context around job code: the three keys, and nothing that an earlier job left. Costs nothing where the logging
 * library keeps no context.
 */
final class JobMdc {
    static final String BATCH_ID = "batchengine.batchId";
    static final String FILE_ID = "batchengine.fileId";
    static final String ATTEMPT = "batchengine.attempt";

    private static final JobMdc NONE = new JobMdc("", null);
    private static final int MAX_LENGTH = 256;

    private final String batchId;
    private final @Nullable Map<String, String> before;

    private JobMdc(String batchId, @Nullable Map<String, String> before) {
        this.batchId = batchId;
        this.before = before;
    }

    /** Remembers what the thread's context is before the first job. */
    static JobMdc enter(String batchId) {
        if (MDC.getMDCAdapter() instanceof NOPMDCAdapter) {
            return NONE;
        }
        Map<String, String> before = MDC.getCopyOfContextMap();
        return new JobMdc(batchId, before == null ? Map.of() : before);
    }

    void begin(String fileId, int attempt) {
        if (before != null) {
            MDC.put(BATCH_ID, batchId);
            MDC.put(FILE_ID, Text.printable(fileId, MAX_LENGTH));
            MDC.put(ATTEMPT, Integer.toString(attempt));
        }
    }

    /** Restores the context, so that no job sees what another one put there. */
    void end() {
        if (before != null) {
            MDC.setContextMap(before);
        }
    }
}
