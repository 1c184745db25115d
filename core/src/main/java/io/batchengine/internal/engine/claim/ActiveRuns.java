package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.batch.BatchRun;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The batches that this engine owns. Changed by decisions only; the batches may be read by any thread, what counts against limits by decisions.
 * A batch that was taken up only to be cancelled counts against none.
 */
public final class ActiveRuns {
    private final Map<String, BatchRun> runs = new ConcurrentHashMap<>();
    private final Set<BatchRun> uncounted = new HashSet<>();
    private final Map<String, Integer> countOfProject = new HashMap<>();
    private Consumer<String> whenFreed = project -> {};

    @Nullable
    public BatchRun find(String batchId) {
        return runs.get(batchId);
    }

    void add(BatchRun run) {
        runs.put(run.batch().id(), run);
        if (run.durable().state().cancelRequested()) {
            uncounted.add(run);
        } else {
            countOfProject.merge(project(run), 1, Integer::sum);
        }
    }

    void remove(BatchRun run) {
        if (runs.remove(run.batch().id(), run) && !uncounted.remove(run)) {
            countOfProject.computeIfPresent(project(run), (project, count) -> count == 1 ? null : count - 1);
            whenFreed.accept(project(run));
        }
    }

    /** Who is told the project of a batch that counted and has gone. */
    void whenFreed(Consumer<String> listener) {
        whenFreed = listener;
    }

    public Collection<BatchRun> all() {
        return runs.values();
    }

    public int size() {
        return runs.size();
    }

    int counted() {
        return runs.size() - uncounted.size();
    }

    /** How many of a project count; projects without any are left out. */
    Map<String, Integer> countOfProject() {
        return Collections.unmodifiableMap(countOfProject);
    }

    private static String project(BatchRun run) {
        return run.batch().scope().projectId();
    }
}
