package io.batchengine.bundled;

import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The batches in memory that a claim may give: not terminal, and of no owner or of one whose lease has lapsed. Guarded by the store.
 *
 * <p>The places of a claim go to the oldest batches of all projects; a project fills the places that it got with its batches in
 * their own order. A batch to be cancelled takes its place itself, and counts for no project.
 */
final class ClaimableBatches {
    private static final Comparator<MemoryBatch> OLDEST_FIRST = Comparator.<MemoryBatch, Instant>comparing(
                    batch -> request(batch).createdAt())
            .thenComparing(batch -> request(batch).id());
    private static final Comparator<MemoryBatch> CLAIM_ORDER = Comparator.<MemoryBatch, Instant>comparing(
                    batch -> request(batch).claimOrder())
            .thenComparing(batch -> request(batch).id());

    private final TreeSet<MemoryBatch> byAge = new TreeSet<>(OLDEST_FIRST);
    private final Map<String, TreeSet<MemoryBatch>> byProject = new HashMap<>();

    void add(MemoryBatch batch) {
        byAge.add(batch);
        byProject
                .computeIfAbsent(project(batch), project -> new TreeSet<>(CLAIM_ORDER))
                .add(batch);
    }

    void remove(MemoryBatch batch) {
        byAge.remove(batch);
        TreeSet<MemoryBatch> ofProject = byProject.get(project(batch));
        if (ofProject != null) {
            ofProject.remove(batch);
            if (ofProject.isEmpty()) {
                byProject.remove(project(batch));
            }
        }
    }

    /** What a claim is to give. */
    List<MemoryBatch> choose(ClaimRequest request) {
        List<MemoryBatch> places = new ArrayList<>();
        Map<String, Integer> perProject = new HashMap<>();
        for (MemoryBatch batch : byAge) {
            if (places.size() == request.limit()) {
                break;
            }
            String project = project(batch);
            if (request.wants(batch.stored)
                    && (isToBeCancelled(batch)
                            || perProject.merge(project, 1, Integer::sum) <= request.limitOf(project))) {
                places.add(batch);
            }
        }
        Map<String, Iterator<MemoryBatch>> best = new HashMap<>();
        List<MemoryBatch> chosen = new ArrayList<>(places.size());
        for (MemoryBatch place : places) {
            chosen.add(
                    isToBeCancelled(place)
                            ? place
                            : best.computeIfAbsent(project(place), key -> wanted(key, request))
                                    .next());
        }
        return chosen;
    }

    private Iterator<MemoryBatch> wanted(String project, ClaimRequest request) {
        return byProject.getOrDefault(project, new TreeSet<>(CLAIM_ORDER)).stream()
                .filter(batch -> !isToBeCancelled(batch) && request.wants(batch.stored))
                .iterator();
    }

    private static boolean isToBeCancelled(MemoryBatch batch) {
        return batch.stored.state().cancelRequested();
    }

    private static String project(MemoryBatch batch) {
        return request(batch).scope().projectId();
    }

    private static BatchRecord request(MemoryBatch batch) {
        return batch.stored.request();
    }
}
