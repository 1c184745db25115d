package io.batchengine.jdbc;

import io.batchengine.spi.store.ClaimRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a query of a claim says of projects.
 *
 * @param taken whether it takes those that it names, or leaves them out
 * @param named the projects, {@link #MOST} at the most
 * @param atLeast how many batches it should read at the least, since some may be passed over after
 */
record NamedProjects(boolean taken, List<String> named, int atLeast) {
    /** Databases bound the parameters of a statement. Batches of projects beyond are read and passed over. */
    private static final int MOST = 1_000;

    static NamedProjects of(ClaimRequest request, Set<String> full) {
        boolean taken = request.limitPerProject() == 0;
        List<String> named = new ArrayList<>(taken ? List.of() : full);
        request.projectLimits().forEach((project, limit) -> {
            if (!full.contains(project) && taken == limit > 0) {
                named.add(project);
            }
        });
        if (named.size() <= MOST) {
            return new NamedProjects(taken, named, 1);
        }
        return new NamedProjects(false, taken ? List.of() : named.subList(0, MOST), MOST);
    }

    /** Whether no project has a place left. */
    boolean none() {
        return taken && named.isEmpty();
    }

    String condition() {
        return named.isEmpty() ? "" : " and project " + (taken ? "in (" : "not in (") + Args.marks(named.size()) + ")";
    }
}
