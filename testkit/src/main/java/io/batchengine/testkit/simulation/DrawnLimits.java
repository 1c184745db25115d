package io.batchengine.testkit.simulation;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits of a plan; told by what they limit alone. */
record DrawnLimits(Limits limits) {
    /** A slower rate may keep a batch from its end in the time that it has. */
    private static final double LEAST_RATE = 5;

    private static final int MOST_WEIGHT = 8;

    /** Drawn at random: mostly few jobs in flight and nothing else. */
    static DrawnLimits draw(Draw draw) {
        Limits limits = Limits.DEFAULT.withMaxInFlight(draw.of(1, draw.between(1, 3), draw.between(1, 8)));
        if (draw.oneIn(2)) {
            return new DrawnLimits(limits);
        }
        for (int i = draw.between(1, 3); i > 0; i--) {
            limits = oneMore(draw, limits);
        }
        return new DrawnLimits(limits);
    }

    private static Limits oneMore(Draw draw, Limits limits) {
        return switch (draw.below(8)) {
            case 0 -> limits.withMaxInFlightPerBatch(few(draw));
            case 1 -> limits.withMaxActiveBatches(few(draw));
            case 2 -> limits.withEachProject(project(draw, limits.eachProject()));
            case 3, 4 -> limits.withProject("prj-a", project(draw, limits.project("prj-a")));
            case 5 -> limits.withProject("prj-b", project(draw, limits.project("prj-b")));
            case 6 -> limits.withEachJobType(type(draw, limits.eachJobType()));
            default -> limits.withJobType(SimulatedJobs.TYPE, type(draw, limits.jobType(SimulatedJobs.TYPE)));
        };
    }

    private static ProjectLimits project(Draw draw, ProjectLimits limits) {
        return switch (draw.below(5)) {
            case 0 -> limits.withMaxInFlight(few(draw));
            case 1 -> limits.withMaxActiveBatches(few(draw));
            case 2 -> limits.withRate(rate(draw));
            default -> limits.withWeight(draw.of(1, 2, draw.between(1, MOST_WEIGHT)));
        };
    }

    private static JobTypeLimits type(Draw draw, JobTypeLimits limits) {
        return draw.oneIn(2) ? limits.withMaxInFlight(few(draw)) : limits.withRate(rate(draw));
    }

    private static int few(Draw draw) {
        return draw.oneIn(8) ? 0 : draw.between(1, 3);
    }

    private static Rate rate(Draw draw) {
        double perSecond = draw.oneIn(10) ? 0 : draw.of(0.5, 2.0, 5.0, 20.0, 50.0, 200.0);
        return Rate.perSecond(perSecond).withBurst(draw.of(1, 1, 2, 5, 20));
    }

    /** With one of them at zero. */
    DrawnLimits closed(Draw draw) {
        Limits closed = switch (draw.below(6)) {
            case 0 -> limits.withMaxInFlight(0);
            case 1 -> limits.withMaxInFlightPerBatch(0);
            case 2 -> limits.withMaxActiveBatches(0);
            case 3 -> limits.withEachProject(limits.eachProject().withMaxInFlight(0));
            case 4 ->
                limits.withProject(
                        "prj-a",
                        limits.project("prj-a").withRate(Rate.perSecond(0).withBurst(1)));
            default ->
                limits.withJobType(
                        SimulatedJobs.TYPE, limits.jobType(SimulatedJobs.TYPE).withMaxInFlight(0));
        };
        return new DrawnLimits(closed);
    }

    /** With those that keep work from its end set higher. */
    DrawnLimits positive() {
        Limits positive = limits.withMaxInFlight(Math.max(1, limits.maxInFlight()))
                .withMaxInFlightPerBatch(Math.max(1, limits.maxInFlightPerBatch()))
                .withMaxActiveBatches(Math.max(1, limits.maxActiveBatches()))
                .withEachProject(positive(limits.eachProject()))
                .withEachJobType(positive(limits.eachJobType()));
        for (Map.Entry<String, ProjectLimits> project : limits.projects().entrySet()) {
            positive = positive.withProject(project.getKey(), positive(project.getValue()));
        }
        for (Map.Entry<JobType, JobTypeLimits> type : limits.jobTypes().entrySet()) {
            positive = positive.withJobType(type.getKey(), positive(type.getValue()));
        }
        return new DrawnLimits(positive);
    }

    private static ProjectLimits positive(ProjectLimits project) {
        return project.withMaxInFlight(Math.max(1, project.maxInFlight()))
                .withMaxActiveBatches(Math.max(1, project.maxActiveBatches()))
                .withRate(positive(project.rate()));
    }

    private static JobTypeLimits positive(JobTypeLimits type) {
        return type.withMaxInFlight(Math.max(1, type.maxInFlight())).withRate(positive(type.rate()));
    }

    private static @Nullable Rate positive(@Nullable Rate rate) {
        return rate == null || rate.perSecond() >= LEAST_RATE
                ? rate
                : Rate.perSecond(LEAST_RATE).withBurst(rate.burst());
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "in flight", limits.maxInFlight(), -1);
        add(parts, "per batch", limits.maxInFlightPerBatch(), Limits.UNLIMITED);
        add(parts, "active", limits.maxActiveBatches(), Limits.MOST_ACTIVE_BATCHES);
        add(parts, "each project", limits.eachProject());
        limits.projects().forEach((id, project) -> add(parts, id, project));
        add(parts, "each type", limits.eachJobType());
        limits.jobTypes().forEach((JobType type, JobTypeLimits own) -> add(parts, type.toString(), own));
        return parts.toString();
    }

    private static void add(List<String> parts, String what, int value, int none) {
        if (value != none) {
            parts.add(what + " " + value);
        }
    }

    private static void add(List<String> parts, String whose, ProjectLimits project) {
        add(parts, whose + " in flight", project.maxInFlight(), Limits.UNLIMITED);
        add(parts, whose + " active", project.maxActiveBatches(), Limits.UNLIMITED);
        add(parts, whose, project.rate());
        add(parts, whose + " weight", project.weight(), 1);
    }

    private static void add(List<String> parts, String whose, JobTypeLimits type) {
        add(parts, whose + " in flight", type.maxInFlight(), Limits.UNLIMITED);
        add(parts, whose, type.rate());
    }

    private static void add(List<String> parts, String whose, @Nullable Rate rate) {
        if (rate != null) {
            parts.add(Text.format("%s %s/s, burst %d", whose, rate.perSecond(), rate.burst()));
        }
    }
}
