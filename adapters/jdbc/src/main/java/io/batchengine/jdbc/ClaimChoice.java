package io.batchengine.jdbc;

import io.batchengine.model.JobType;
import io.batchengine.spi.ClaimRequest;
import java.sql.SQLException;
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
 * the places that it got with its batches by priority. So priorities order a project's batches and take nothing from other projects.
 */
final class ClaimChoice {
    /** A batch that may be had. */
    record Candidate(long number, String project, int priority, long createdMicros, String id) {}

    private static final Comparator<Candidate> BY_PRIORITY = Comparator.comparingInt(Candidate::priority)
            .reversed()
            .thenComparingLong(Candidate::createdMicros)
            .thenComparing(Candidate::id);

    private static final String COLUMNS = "select number, project, priority, created_us, id from ";

    private final Session session;
    private final Tables tables;
    private final ClaimRequest request;
    private final Set<String> live;
    private final Set<Long> tried = new HashSet<>();
    private final Map<String, Integer> given = new HashMap<>(); // by project

    ClaimChoice(Session session, Tables tables, ClaimRequest request, Set<String> live) {
        this.session = session;
        this.tables = tables;
        this.request = request;
        this.live = live;
    }

    /** It is in the claim. */
    void given(Candidate candidate) {
        given.merge(candidate.project, 1, Integer::sum);
    }

    /** The next so many batches or fewer, none of which was chosen before; empty where there is nothing more. */
    List<Candidate> next(int limit) throws SQLException {
        List<Candidate> places = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>(given);
        Set<String> full = new HashSet<>();
        counts.forEach((project, count) -> fillUp(full, project, count));
        List<Candidate> page = oldest(full, null, limit);
        List<Candidate> all = page.size() < limit ? page : null;
        while (!page.isEmpty() && places.size() < limit) {
            for (Candidate candidate : page) {
                if (places.size() < limit && !full.contains(candidate.project)) {
                    places.add(candidate);
                    fillUp(full, candidate.project, counts.merge(candidate.project, 1, Integer::sum));
                }
            }
            boolean more = page.size() == limit && places.size() < limit;
            page = more ? oldest(full, page.get(page.size() - 1), limit) : List.of();
        }
        List<Candidate> chosen = byPriority(places, all);
        chosen.forEach(candidate -> tried.add(candidate.number));
        return chosen;
    }

    private void fillUp(Set<String> full, String project, int count) {
        if (count >= request.limitPerProject()) {
            full.add(project);
        }
    }

    /** Fills each place with the best that its project has and has not placed yet; all is null where not all candidates were read. */
    private List<Candidate> byPriority(List<Candidate> places, @Nullable List<Candidate> all) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        places.forEach(place -> counts.merge(place.project, 1, Integer::sum));
        Map<String, Iterator<Candidate>> best = new HashMap<>();
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            String project = count.getKey();
            List<Candidate> ofProject = all == null
                    ? best(project, count.getValue())
                    : all.stream()
                            .filter(candidate -> candidate.project.equals(project))
                            .sorted(BY_PRIORITY)
                            .toList();
            best.put(project, ofProject.iterator());
        }
        List<Candidate> chosen = new ArrayList<>(places.size());
        for (Candidate place : places) {
            Iterator<Candidate> next =
                    best.getOrDefault(place.project, List.<Candidate>of().iterator());
            if (next.hasNext()) { // another engine may have been faster since the first look
                chosen.add(next.next());
            }
        }
        return chosen;
    }

    private List<Candidate> oldest(Set<String> full, @Nullable Candidate last, int limit) throws SQLException {
        String sql = COLUMNS + tables.batch() + " where status < 3" + wanted()
                + (last == null ? "" : " and (created_us, id) > (?, ?)")
                + notIn("project", full)
                + " order by created_us, id limit ?";
        return session.query(
                sql,
                args -> {
                    bindWanted(args);
                    if (last != null) {
                        args.number(last.createdMicros).text(last.id);
                    }
                    args.texts(full).integer(limit);
                },
                ClaimChoice::read);
    }

    private List<Candidate> best(String project, int limit) throws SQLException {
        return session.query(
                COLUMNS + tables.batch() + " where status < 3 and project = ?" + wanted()
                        + " order by priority desc, created_us, id limit ?",
                args -> {
                    args.text(project);
                    bindWanted(args);
                    args.integer(limit);
                },
                ClaimChoice::read);
    }

    private String wanted() {
        String served = " and (cancel_requested = 1 or (job_type in ("
                + Args.marks(request.types().size()) + ")" + notIn("project", request.excludedProjects()) + "))";
        return unowned(live)
                + (request.types().isEmpty() ? " and cancel_requested = 1" : served)
                + notIn("number", tried);
    }

    private void bindWanted(Args args) throws SQLException {
        args.texts(live);
        if (!request.types().isEmpty()) {
            for (JobType type : request.types()) {
                args.text(type.name());
            }
            args.texts(request.excludedProjects());
        }
        for (long number : tried) {
            args.number(number);
        }
    }

    private static Candidate read(Row row) throws SQLException {
        return new Candidate(row.number(), row.text(), row.integer(), row.number(), row.text());
    }

    /** What restricts a query to batches that none of these owners holds. */
    static String unowned(Set<String> live) {
        return live.isEmpty() ? "" : " and (owner is null or owner not in (" + Args.marks(live.size()) + "))";
    }

    private static String notIn(String column, Collection<?> values) {
        return values.isEmpty() ? "" : " and " + column + " not in (" + Args.marks(values.size()) + ")";
    }
}
