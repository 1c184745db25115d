package io.batchengine.orchestration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which batch a free worker serves next: in turns over the projects, and over the batches of each project. A batch stands in it while
 * it has something to start; adding and taking cost the same however many wait. Confined to decisions.
 */
final class FairShare {
    private final Map<String, Deque<BatchRun>> byProject = new HashMap<>();
    private final Deque<String> projects = new ArrayDeque<>();

    /** Puts a batch behind all others of its project, unless it stands in line already. */
    void offer(BatchRun run) {
        if (run.inLine) {
            return;
        }
        run.inLine = true;
        String project = run.batch.scope().projectId();
        Deque<BatchRun> line = byProject.get(project);
        if (line == null) {
            line = new ArrayDeque<>();
            byProject.put(project, line);
            projects.addLast(project);
        }
        line.addLast(run);
    }

    /** Takes the batch whose turn it is, or null where none waits. Batches that have nothing to start any more fall out. */
    @Nullable
    BatchRun poll() {
        String project = projects.pollFirst();
        while (project != null) {
            BatchRun next = firstReady(byProject.getOrDefault(project, new ArrayDeque<>()));
            if (next != null) {
                projects.addLast(project);
                return next;
            }
            byProject.remove(project);
            project = projects.pollFirst();
        }
        return null;
    }

    /** Puts a batch that was taken and could not be served at the head again. */
    void putBack(BatchRun run) {
        offer(run);
        String project = run.batch.scope().projectId();
        Deque<BatchRun> line = byProject.get(project);
        if (line != null) {
            line.removeLast();
            line.addFirst(run);
            projects.removeLastOccurrence(project);
            projects.addFirst(project);
        }
    }

    private static @Nullable BatchRun firstReady(Deque<BatchRun> line) {
        for (Iterator<BatchRun> it = line.iterator(); it.hasNext(); ) {
            BatchRun run = it.next();
            it.remove();
            run.inLine = false;
            if (run.isReady()) {
                return run;
            }
        }
        return null;
    }
}
