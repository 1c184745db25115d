package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Change;
import io.batchengine.jdbc.BatchRows.Numbered;
import io.batchengine.model.JobType;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Hold;
import io.batchengine.spi.Renewal;
import io.batchengine.spi.StoredBatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives batches to engines, and keeps their hold. */
final class Claims {
    private static final Comparator<Claimed> OLDEST_FIRST = Comparator.comparing(
                    (Claimed claimed) -> claimed.batch().request().createdAt())
            .thenComparing(claimed -> claimed.batch().id());

    private record Candidate(long number, String project, long createdMicros, String id) {}

    private final Tables tables;
    private final Dialect dialect;
    private final BatchRows rows;
    private final String release;
    private final String held;

    Claims(Tables tables, Dialect dialect, BatchRows rows) {
        this.tables = tables;
        this.dialect = dialect;
        this.rows = rows;
        release = "update " + tables.batch() + " set owner = null where id = ? and owner = ? and epoch = ?";
        held = "select id, epoch, cancel_requested from " + tables.batch() + " where owner = ?";
    }

    List<Claimed> claim(Session session, ClaimRequest request) throws SQLException {
        Set<String> live = dialect.leases().live(session);
        List<Claimed> claimed = new ArrayList<>();
        Map<String, Integer> perProject = new HashMap<>();
        Set<String> full = new HashSet<>();
        Candidate last = null;
        while (claimed.size() < request.limit()) {
            List<Candidate> candidates = candidates(session, request, live, full, last);
            if (candidates.isEmpty()) {
                break;
            }
            List<Long> chosen = new ArrayList<>();
            for (Candidate candidate : candidates) {
                last = candidate;
                if (full.contains(candidate.project)) {
                    continue;
                }
                chosen.add(candidate.number);
                if (perProject.merge(candidate.project, 1, Integer::sum) >= request.limitPerProject()) {
                    full.add(candidate.project);
                }
                if (claimed.size() + chosen.size() == request.limit()) {
                    break;
                }
            }
            claimed.addAll(take(session, request, live, chosen));
        }
        if (!claimed.isEmpty()) {
            dialect.leases().prolong(session, request.owner(), request.lease());
        }
        claimed.sort(OLDEST_FIRST);
        return claimed;
    }

    /** Prolongs the lease alone, so that no other row keeps it waiting. */
    void prolong(Session session, String owner, Duration lease) throws SQLException {
        dialect.leases().prolong(session, owner, lease);
    }

    void release(Session session, String owner, List<Hold> holds) throws SQLException {
        List<Hold> inOrder =
                holds.stream().sorted(Comparator.comparing(Hold::batchId)).toList();
        session.updateAll(
                release,
                inOrder,
                (args, hold) -> args.text(hold.batchId()).text(owner).number(hold.epoch()));
    }

    Renewal held(Session session, String owner) throws SQLException {
        Set<Hold> holds = new HashSet<>();
        Set<String> cancelRequested = new HashSet<>();
        session.query(held, args -> args.text(owner), row -> {
            Hold hold = new Hold(row.text(), row.number());
            if (row.flag()) {
                cancelRequested.add(hold.batchId());
            }
            return holds.add(hold);
        });
        return new Renewal(holds, cancelRequested);
    }

    private List<Candidate> candidates(
            Session session, ClaimRequest request, Set<String> live, Set<String> full, @Nullable Candidate last)
            throws SQLException {
        String served = " and (cancel_requested = 1 or (job_type in ("
                + Args.marks(request.types().size()) + ")" + notIn("project", request.excludedProjects()) + "))";
        String sql = "select number, project, created_us, id from " + tables.batch() + " where status < 3"
                + (last == null ? "" : " and (created_us, id) > (?, ?)")
                + unowned(live)
                + (request.types().isEmpty() ? " and cancel_requested = 1" : served)
                + notIn("project", full)
                + " order by created_us, id limit ?";
        return session.query(
                sql,
                args -> {
                    if (last != null) {
                        args.number(last.createdMicros).text(last.id);
                    }
                    args.texts(live);
                    if (!request.types().isEmpty()) {
                        for (JobType type : request.types()) {
                            args.text(type.name());
                        }
                        args.texts(request.excludedProjects());
                    }
                    args.texts(full).integer(request.limit());
                },
                row -> new Candidate(row.number(), row.text(), row.number(), row.text()));
    }

    /** Locks what is still to be had of the chosen, and makes it the engine's. */
    private List<Claimed> take(Session session, ClaimRequest request, Set<String> live, List<Long> chosen)
            throws SQLException {
        List<Claimed> taken = new ArrayList<>(chosen.size());
        if (chosen.isEmpty()) {
            return taken;
        }
        String sql = rows.select() + " where status < 3 and b.number in (" + Args.marks(chosen.size()) + ")"
                + unowned(live) + " order by b.number" + dialect.lockSkipping();
        List<Change> changes = new ArrayList<>(chosen.size());
        List<Numbered> locked = session.query(
                sql,
                args -> {
                    for (long number : chosen) {
                        args.number(number);
                    }
                    args.texts(live);
                },
                BatchRows::read);
        // An engine that has just come may have claimed since the first look; what it holds is seen now, and so is its
        // lease.
        Set<String> liveNow = locked.stream().anyMatch(batch -> batch.batch().ownerLost())
                ? dialect.leases().live(session)
                : new HashSet<>();
        for (Numbered batch : locked) {
            if (liveNow.contains(batch.batch().state().owner())) {
                continue;
            }
            StoredBatch after = batch.batch().claimedBy(request.owner(), request.at());
            changes.add(new Change(batch, after, batch.pageEnd()));
            taken.add(new Claimed(after, batch.batch().ownerLost()));
        }
        rows.update(session, changes);
        return taken;
    }

    private static String unowned(Set<String> live) {
        return live.isEmpty() ? "" : " and (owner is null or owner not in (" + Args.marks(live.size()) + "))";
    }

    private static String notIn(String column, Set<String> values) {
        return values.isEmpty() ? "" : " and " + column + " not in (" + Args.marks(values.size()) + ")";
    }
}
