package io.batchengine.flow;

import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of all projects and job types that have batches, or of which something is to be remembered. Confined to decisions. */
final class Lines<B> {
    private static final int FORGET_AT_A_TIME = 4;

    private final Map<JobType, Lane<B>> lanes = new LinkedHashMap<>();
    private final Map<String, Project<B>> projects = new HashMap<>();
    private final Map<String, Project<B>> leaving = new LinkedHashMap<>(); // without batches, not to be forgotten yet
    private long sequence;

    Collection<Lane<B>> lanes() {
        return Collections.unmodifiableCollection(lanes.values());
    }

    Collection<Project<B>> projects() {
        return Collections.unmodifiableCollection(projects.values());
    }

    /** The line in which a batch that comes has its place. */
    Line<B> enter(String projectId, JobType type, Limits limits, long nowNanos) {
        Project<B> project = project(projectId, limits, nowNanos);
        project.places++;
        for (Line<B> line : project.lines) {
            if (line.lane.type.equals(type)) {
                return line;
            }
        }
        Lane<B> lane = lanes.computeIfAbsent(type, missing -> new Lane<>(type, limits.jobType(type), nowNanos));
        Line<B> line = new Line<>(project, lane, nowNanos);
        project.lines.add(line);
        return line;
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

    /** A batch of a line is gone; how far all projects have come says what is to be remembered of those that have none any more. */
    void leave(Line<B> line, double clock, long nowNanos) {
        Project<B> project = line.project;
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

    /** Who is next in any line that nothing keeps closed. */
    @Nullable
    Place<B> first() {
        Place<B> first = null;
        for (Lane<B> lane : lanes.values()) {
            if (!lane.isClosed() && !lane.lines.isEmpty()) {
                Place<B> candidate = lane.lines.first().ready.first();
                if (first == null || isBefore(candidate, first)) {
                    first = candidate;
                }
            }
        }
        return first;
    }

    private static <B> boolean isBefore(Place<B> one, Place<B> other) {
        Project<B> project = one.line.project;
        Project<B> otherProject = other.line.project;
        int order = project == otherProject
                ? Double.compare(one.share.key(), other.share.key())
                : Double.compare(project.share.key(), otherProject.share.key());
        return order < 0;
    }
}
