package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.Problems;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How often in a row this engine has taken a batch up and lost it before it could write anything of it. Another engine may take a batch
 * over now and then; a store that gives a batch out and refuses its writes would have it run for ever. Confined to the serial executor.
 */
public final class Losses {
    /** From then on it is told. */
    private static final int MANY = 3;
    /** As nobody tells this engine that the batch is well with another one. */
    private static final Duration TOLD = Duration.ofMinutes(1);
    /** The batches that are remembered: more at a time are an outage, which others tell of. */
    private static final int MOST = 1_000;

    private final Problems problems;
    private final Map<String, Integer> inARow = new HashMap<>();

    Losses(Problems problems) {
        this.problems = problems;
    }

    /** The store has taken a batch away; how it did. */
    public void lost(String batchId, String how) {
        if (inARow.size() >= MOST && !inARow.containsKey(batchId)) {
            inARow.clear();
        }
        int times = inARow.merge(batchId, 1, Integer::sum);
        if (times >= MANY) {
            problems.setFor(
                    TOLD,
                    Problems.LOST_AGAIN + batchId,
                    Text.format(
                            "the store has given batch %s to this engine %d times and taken it away before anything was written, the last time %s: "
                                    + "it is damaged, or breaks its contract",
                            batchId, times, how));
        }
    }

    /** Something of a batch was written, so it is this engine's. */
    void written(String batchId) {
        if (!inARow.isEmpty() && inARow.remove(batchId) != null) {
            problems.clear(Problems.LOST_AGAIN + batchId);
        }
    }
}
