package io.batchengine.jdbc;

import io.batchengine.model.JobType;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which batches a claim is to give. Its places go to the oldest batches of all projects, as far as the limits allow; a project then fills
 * the places that it got with its batches by {@link BatchRecord#claimOrder}. So priorities order a project's batches and take nothing from
 * other projects. A batch to be cancelled takes its place itself, and counts for no project.
 */
final class ClaimChoice {
    /** A batch that may be had. */
    record Candidate(
            long number, String project, boolean toBeCancelled, long orderMicros, long createdMicros, String id) {}

    private static final Comparator<Candidate> CLAIM_ORDER =
            Comparator.comparingLong(Candidate::orderMicros).thenComparing(Candidate::id);

    private static final String COLUMNS =
            "select number, project, cancel_requested, claim_order_us, created_us, id from ";

    private final Session session;
    private final Tables tables;
    private final ClaimRequest request;
    private final Set<String> live;
    private final Set<Long> tried = new HashSet<>();
    private final Map<String, Integer> given = new HashMap<>(); // by project

    /** A choice among all batches but some, by their numbers. */
    ClaimChoice(Session session, Tables tables, ClaimRequest request, Set<String> live, Set<Long> leftOut) {
        this.tried.addAll(leftOut);
        this.session = session;
        this.tables = tables;
        this.request = request;
        this.live = live;
    }

    /** It is in the claim. */
    void given(Candidate candidate) {
        if (!candidate.toBeCancelled) {
            given.merge(candidate.project, 1, Integer::sum);
        }
    }

    /** The next so many batches or fewer, none of which was chosen before; empty where there is nothing more. */
    List<Candidate> next(int limit) throws SQLException {
        List<Candidate> places = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>(given);
        Set<String> full = new HashSet<>();
        given.forEach((project, count) -> {
            if (count >= request.limitOf(project)) {
                full.add(project);
            }
        });
        List<Candidate> all = null;
        Candidate last = null;
        boolean more = true;
        while (more && places.size() < limit) {
            NamedProjects projects = NamedProjects.of(request, full);
            int size = Math.max(limit, projects.atLeast());
            List<Candidate> page = oldest(projects, last, size);
            for (Candidate candidate : page) {
                if (places.size() < limit && isAdmitted(candidate, counts, full)) {
                    places.add(candidate);
                }
            }
            more = page.size() == size;
            all = last == null && !more ? page : null;
            last = more ? page.get(size - 1) : last;
        }
        List<Candidate> chosen = inClaimOrder(places, all);
        chosen.forEach(candidate -> tried.add(candidate.number));
        return chosen;
    }

    private boolean isAdmitted(Candidate candidate, Map<String, Integer> counts, Set<String> full) {
        if (candidate.toBeCancelled) {
            return true;
        }
        int left = request.limitOf(candidate.project) - counts.merge(candidate.project, 1, Integer::sum);
        if (left <= 0) {
            full.add(candidate.project);
        }
        return left >= 0;
    }

    /** Fills each place with the best that its project has and has not placed yet; all is null where not all candidates were read. */
    private List<Candidate> inClaimOrder(List<Candidate> places, @Nullable List<Candidate> all) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        places.stream()
                .filter(place -> !place.toBeCancelled)
                .forEach(place -> counts.merge(place.project, 1, Integer::sum));
        Map<String, Iterator<Candidate>> best = new HashMap<>();
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            String project = count.getKey();
            List<Candidate> ofProject = all == null
                    ? best(project, count.getValue())
                    : all.stream()
                            .filter(candidate -> !candidate.toBeCancelled && candidate.project.equals(project))
                            .sorted(CLAIM_ORDER)
                            .toList();
            best.put(project, ofProject.iterator());
        }
        List<Candidate> chosen = new ArrayList<>(places.size());
        for (Candidate place : places) {
            Iterator<Candidate> next = place.toBeCancelled
                    ? List.of(place).iterator()
                    : best.getOrDefault(place.project, List.<Candidate>of().iterator());
            if (next.hasNext()) { // another engine may have been faster since the first look
                chosen.add(next.next());
            }
        }
        return chosen;
    }

    private List<Candidate> oldest(NamedProjects projects, @Nullable Candidate last, int limit) throws SQLException {
        boolean onlyToBeCancelled = request.types().isEmpty() || projects.none();
        Instant since = request.pendingSince();
        String served = " and (cancel_requested = 1 or (job_type in ("
                + Args.marks(request.types().size()) + ")" + projects.condition() + "))";
        String sql = COLUMNS + tables.batch()
                + (since == null ? " where status < 3" : " where status = 0 and created_us <= ?")
                + (onlyToBeCancelled ? " and cancel_requested = 1" : served)
                + (last == null ? "" : " and (created_us, id) > (?, ?)")
                + unowned(live)
                + notIn("number", tried)
                + " order by created_us, id limit ?";
        return session.query(
                sql,
                args -> {
                    bindSince(args);
                    if (!onlyToBeCancelled) {
                        bindTypes(args);
                        args.texts(projects.named());
                    }
                    if (last != null) {
                        args.number(last.createdMicros).text(last.id);
                    }
                    bindHeld(args);
                    args.integer(limit);
                },
                ClaimChoice::read);
    }

    private List<Candidate> best(String project, int limit) throws SQLException {
        String sql = COLUMNS + tables.batch() + " where status < 3 and project = ?"
                + (request.pendingSince() == null ? "" : " and status = 0 and created_us <= ?")
                + " and cancel_requested = 0 and job_type in ("
                + Args.marks(request.types().size()) + ")"
                + unowned(live)
                + notIn("number", tried)
                + " order by claim_order_us, id limit ?";
        return session.query(
                sql,
                args -> {
                    args.text(project);
                    bindSince(args);
                    bindTypes(args);
                    bindHeld(args);
                    args.integer(limit);
                },
                ClaimChoice::read);
    }

    private void bindSince(Args args) throws SQLException {
        Instant since = request.pendingSince();
        if (since != null) {
            args.number(Micros.of(since));
        }
    }

    private void bindTypes(Args args) throws SQLException {
        for (JobType type : request.types()) {
            args.text(type.name());
        }
    }

    private void bindHeld(Args args) throws SQLException {
        args.texts(live);
        for (long number : tried) {
            args.number(number);
        }
    }

    private static Candidate read(ResultRow row) throws SQLException {
        return new Candidate(row.number(), row.text(), row.flag(), row.number(), row.number(), row.text());
    }

    /** What restricts a query to batches that none of these owners holds. */
    static String unowned(Set<String> live) {
        return live.isEmpty() ? "" : " and (owner is null or owner not in (" + Args.marks(live.size()) + "))";
    }

    static String notIn(String column, Collection<?> values) {
        return values.isEmpty() ? "" : " and " + column + " not in (" + Args.marks(values.size()) + ")";
    }
}
