package io.batchengine.internal.flow;

import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queues of all projects and job types that have batches, or of which something is to be remembered. Confined to the serial executor. */
final class Queues<B> {
    private static final int FORGET_AT_A_TIME = 4;

    private final Map<JobType, TypeQueue<B>> typeQueues = new LinkedHashMap<>();
    private final Map<String, Project<B>> projects = new HashMap<>();
    private final Map<String, Project<B>> leaving = new LinkedHashMap<>(); // without batches, not to be forgotten yet
    private long sequence;

    Collection<TypeQueue<B>> typeQueues() {
        return Collections.unmodifiableCollection(typeQueues.values());
    }

    Collection<Project<B>> projects() {
        return Collections.unmodifiableCollection(projects.values());
    }

    /** The queue in which a batch that comes has its entry. */
    ProjectQueue<B> enter(String projectId, JobType type, Limits limits, long nowNanos) {
        Project<B> project = project(projectId, limits, nowNanos);
        project.places++;
        for (ProjectQueue<B> queue : project.queues) {
            if (queue.typeQueue.type.equals(type)) {
                return queue;
            }
        }
        TypeQueue<B> typeQueue =
                typeQueues.computeIfAbsent(type, missing -> new TypeQueue<>(type, limits.jobType(type), nowNanos));
        ProjectQueue<B> queue = new ProjectQueue<>(project, typeQueue, nowNanos);
        project.queues.add(queue);
        return queue;
    }

    private Project<B> project(String id, Limits limits, long nowNanos) {
        leaving.remove(id);
        Project<B> found = projects.get(id);
        if (found == null) {
            found = new Project<>(id, limits.project(id), sequence++, nowNanos);
            projects.put(id, found);
        }
        return found;
    }

    /** A batch of a queue is gone; how far all projects have come says what is to be remembered of those that have none any more. */
    void leave(ProjectQueue<B> queue, double clock, long nowNanos) {
        Project<B> project = queue.project;
        project.places--;
        if (project.places == 0) {
            project.leftNanos = nowNanos;
            leaving.put(project.id, project);
        }
        forgetSome(clock, nowNanos);
    }

    /** Forgets projects without batches of which nothing is to be remembered; a few at a time, since there may be many of the others. */
    private void forgetSome(double clock, long nowNanos) {
        for (int i = 0; i < FORGET_AT_A_TIME && !leaving.isEmpty(); i++) {
            Project<B> oldest = leaving.values().iterator().next();
            leaving.remove(oldest.id);
            if (oldest.isForgotten(clock, nowNanos)) {
                projects.remove(oldest.id);
            } else {
                leaving.put(oldest.id, oldest);
            }
        }
    }

    /** Who is next in any queue that nothing keeps closed. */
    @Nullable
    QueuedBatch<B> first() {
        QueuedBatch<B> first = null;
        for (TypeQueue<B> typeQueue : typeQueues.values()) {
            if (!typeQueue.isClosed() && !typeQueue.queues.isEmpty()) {
                QueuedBatch<B> candidate = typeQueue.queues.first().ready.first();
                if (first == null || isBefore(candidate, first)) {
                    first = candidate;
                }
            }
        }
        return first;
    }

    private static <B> boolean isBefore(QueuedBatch<B> one, QueuedBatch<B> other) {
        Project<B> project = one.queue.project;
        Project<B> otherProject = other.queue.project;
        int order = project == otherProject
                ? Double.compare(one.share.key(), other.share.key())
                : Double.compare(project.share.key(), otherProject.share.key());
        return order < 0;
    }
}
