package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Change;
import io.batchengine.jdbc.ClaimChoice.Candidate;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives batches to engines, and keeps their hold. */
final class Claims {
    private final Tables tables;
    private final Dialect dialect;
    private final BatchRows rows;
    private final DamageLog damages;
    private final UnreadableBatches unreadable;
    private final String release;
    private final String held;

    Claims(Tables tables, Dialect dialect, BatchRows rows, DamageLog damages, UnreadableBatches unreadable) {
        this.unreadable = unreadable;
        this.tables = tables;
        this.dialect = dialect;
        this.rows = rows;
        this.damages = damages;
        release = "update " + tables.batch()
                + " set owner = null where id = ? and owner = ? and epoch = ? and claim_token = ?";
        held = rows.selectState() + " where owner = ?";
    }

    List<Claimed> claim(Session session, ClaimRequest request) throws SQLException {
        Set<String> live = dialect.leases().live(session);
        ClaimChoice choice = new ClaimChoice(session, tables, request, live, unreadable.unclaimable());
        List<Claimed> claimed = new ArrayList<>();
        boolean fasterOthers = true;
        while (fasterOthers && claimed.size() < request.limit()) {
            List<Candidate> chosen = choice.next(request.limit() - claimed.size());
            Map<Long, Claimed> taken = take(session, request, live, chosen);
            for (Candidate candidate : chosen) {
                Claimed one = taken.get(candidate.number());
                if (one != null) {
                    claimed.add(one);
                    choice.given(candidate);
                }
            }
            fasterOthers = taken.size() < chosen.size();
        }
        if (!claimed.isEmpty()) {
            dialect.leases().prolong(session, request.owner(), request.lease());
        }
        return claimed;
    }

    /** Before a claim or a renewal of an engine, outside of its transaction. */
    void ready(String owner, Duration lease) {
        dialect.leases().ready(owner, lease);
    }

    /** Prolongs the lease alone, so that no other row keeps it waiting. */
    void prolong(Session session, String owner, Duration lease) throws SQLException {
        dialect.leases().prolong(session, owner, lease);
    }

    void release(Session session, String owner, List<ClaimRef> holds) throws SQLException {
        List<ClaimRef> inOrder =
                holds.stream().sorted(Comparator.comparing(ClaimRef::batchId)).toList();
        session.updateAll(
                release,
                inOrder,
                (args, hold) -> args.text(hold.batchId())
                        .text(owner)
                        .number(hold.epoch())
                        .number(hold.claimToken()));
    }

    Renewal held(Session session, String owner) throws SQLException {
        Set<ClaimRef> holds = new HashSet<>();
        Set<String> cancelRequested = new HashSet<>();
        Set<Long> left = unreadable.numbers();
        List<FoundBatch> all = session.query(
                held + ClaimChoice.notIn("number", left),
                args -> {
                    args.text(owner);
                    for (long number : left) {
                        args.number(number);
                    }
                },
                BatchRows::readState);
        for (FoundBatch found : all) {
            if (found.isDamaged()) {
                damages.found(found); // nobody can write it any more, so nobody holds it
                continue;
            }
            BatchState state = found.require().batch().state();
            holds.add(new ClaimRef(found.id(), state.epoch(), state.claimToken()));
            if (state.cancelRequested()) {
                cancelRequested.add(found.id());
            }
        }
        return Renewal.of(holds, cancelRequested);
    }

    /** Locks what is still to be had of the chosen, and makes it the engine's; by number. */
    private Map<Long, Claimed> take(Session session, ClaimRequest request, Set<String> live, List<Candidate> chosen)
            throws SQLException {
        Map<Long, Claimed> taken = new HashMap<>();
        if (chosen.isEmpty()) {
            return taken;
        }
        String sql = rows.select() + " where status < 3 and b.number in (" + Args.marks(chosen.size()) + ")"
                + ClaimChoice.unowned(live) + " order by b.number" + dialect.lockSkipping();
        List<FoundBatch> locked = session.query(
                sql,
                args -> {
                    for (Candidate candidate : chosen) {
                        args.number(candidate.number());
                    }
                    args.texts(live);
                },
                BatchRows::read);
        List<NumberedBatch> whole = claimable(locked);
        // An engine that has just come may have claimed since the first look; what it holds is seen now, and so is its
        // lease.
        Set<String> liveNow = whole.stream().anyMatch(batch -> batch.batch().ownerLost())
                ? dialect.leases().live(session)
                : new HashSet<>();
        List<Change> changes = new ArrayList<>(chosen.size());
        for (NumberedBatch batch : whole) {
            if (liveNow.contains(batch.batch().state().owner()) || !request.wants(batch.batch())) {
                continue;
            }
            StoredBatch after = batch.batch().claimedBy(request.owner(), request.claimToken(), request.at());
            changes.add(new Change(batch, batch.with(after)));
            taken.put(batch.number(), Claimed.of(after, batch.batch().ownerLost()));
        }
        rows.update(session, changes);
        return taken;
    }

    /** Passes over what is damaged, and tells of it. */
    private List<NumberedBatch> claimable(List<FoundBatch> locked) {
        List<NumberedBatch> whole = new ArrayList<>(locked.size());
        for (FoundBatch found : locked) {
            if (found.isDamaged()) {
                damages.found(found);
                continue;
            }
            NumberedBatch batch = found.require();
            StatusReason reason = batch.batch().state().reason();
            if (reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT) {
                damages.foundGivenUp(found.id(), reason.message());
            }
            whole.add(batch);
        }
        return whole;
    }
}
