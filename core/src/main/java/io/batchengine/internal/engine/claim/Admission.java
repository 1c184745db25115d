package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.limits.Limits;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which batches the limits let this engine work on: what it asks the store for, and what it makes of the answer. A batch that is only to be
 * cancelled counts against none of them. Confined to the serial executor.
 */
final class Admission {
    /** Batches in hand at the most, those to be cancelled too: they cost memory like any other. */
    private static final int MOST_IN_HAND = Limits.MOST_ACTIVE_BATCHES + Tuning.CLAIM_SIZE;

    private final BatchServices engine;
    private final ActiveRuns active;
    private final Set<JobType> types;
    private final Collection<Claimed> notStarted;

    /** With batches that are claimed and will start: a view of what another class changes. */
    Admission(BatchServices engine, ActiveRuns active, Set<JobType> types, Collection<Claimed> notStarted) {
        this.engine = engine;
        this.active = active;
        this.types = types;
        this.notStarted = notStarted;
    }

    /** What there is room for; where there is none, what is to be cancelled. Null where nothing more may be in hand. */
    @Nullable
    ClaimRequest forWork() {
        int most = Math.min(Tuning.CLAIM_SIZE, MOST_IN_HAND - active.size() - notStarted.size());
        int room = room();
        if (most <= 0) {
            return null;
        }
        if (room <= 0) {
            return ClaimRequest.builder()
                    .owner(engine.owner)
                    .claimToken(engine.claimToken())
                    .lease(engine.tuning.lease())
                    .limit(most)
                    .at(engine.now())
                    .build();
        }
        int limit = Math.min(room, most);
        return request(limit, left -> Math.max(0, Math.min(left, limit)), null);
    }

    /** What nobody has taken up for a while and the limits do not admit; null where they admit whatever may come. */
    @Nullable
    ClaimRequest forMarking() {
        Instant since = engine.now().minus(Tuning.THROTTLE_DAMPING);
        int limit = Tuning.CLAIM_SIZE;
        ClaimRequest request = room() <= 0
                ? request(limit, left -> limit, since)
                : request(limit, left -> left <= 0 ? limit : 0, since);
        return request.limitPerProject() == 0 && request.projectLimits().isEmpty() ? null : request;
    }

    /** Why a batch is not to be worked on now, or null where it is. */
    @Nullable
    StatusReason refusal(StoredBatch batch) {
        if (batch.state().cancelRequested()) {
            return null;
        }
        if (room() <= 0) {
            return StatusReason.of(
                    StatusReason.Code.ENGINE_ACTIVE_BATCHES_LIMIT,
                    Text.format("the engine works on as many batches as it may: %d", limits().maxActiveBatches()),
                    engine.now());
        }
        String project = batch.request().scope().projectId();
        if (roomOf(project) <= 0) {
            return StatusReason.of(
                    StatusReason.Code.PROJECT_ACTIVE_BATCHES_LIMIT,
                    Text.format(
                            "the engine works on as many batches of the project as it may: %d",
                            limits().project(project).maxActiveBatches()),
                    engine.now());
        }
        return null;
    }

    /** Whether a batch of a project, now gone, was the one that kept others waiting. */
    boolean freesPlace(String project) {
        return room() == 1 || roomOf(project) == 1;
    }

    private Limits limits() {
        return engine.flow.limits();
    }

    private int room() {
        int starting = (int) notStarted.stream().filter(Admission::counts).count();
        return limits().maxActiveBatches() - active.counted() - starting;
    }

    private int roomOf(String project) {
        int starting = (int) notStarted.stream()
                .filter(one -> counts(one) && project(one).equals(project))
                .count();
        int running = active.countOfProject().getOrDefault(project, 0);
        return limits().project(project).maxActiveBatches() - running - starting;
    }

    private static boolean counts(Claimed claimed) {
        return !claimed.batch().state().cancelRequested();
    }

    private static String project(Claimed claimed) {
        return claimed.batch().request().scope().projectId();
    }

    /** A request for as many of each project as follows from the room that it has left. */
    private ClaimRequest request(int limit, IntUnaryOperator wanted, @Nullable Instant pendingSince) {
        Limits limits = limits();
        Map<String, Integer> taken = new HashMap<>(active.countOfProject());
        notStarted.stream().filter(Admission::counts).forEach(one -> taken.merge(project(one), 1, Integer::sum));
        limits.projects().keySet().forEach(project -> taken.putIfAbsent(project, 0));
        int each = wanted.applyAsInt(limits.eachProject().maxActiveBatches());
        Map<String, Integer> own = new HashMap<>();
        taken.forEach((project, count) -> {
            int left = wanted.applyAsInt(limits.project(project).maxActiveBatches() - count);
            if (left != each) {
                own.put(project, left);
            }
        });
        return ClaimRequest.builder()
                .owner(engine.owner)
                .claimToken(engine.claimToken())
                .lease(engine.tuning.lease())
                .types(types)
                .limitPerProject(each)
                .projectLimits(own)
                .limit(limit)
                .pendingSince(pendingSince)
                .at(engine.now())
                .build();
    }
}
