package io.batchengine.spi.store;

import io.batchengine.spi.FileRecord;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Where the state of batches is kept. One per engine; several engines may share what is behind it.
 *
 * <p><b>Ownership.</b> An engine claims a batch, which raises the batch's epoch, and writes it with commits that carry the epoch. A
 * lower epoch is refused, so an engine that was paused past its lease can do no harm. Only the claimer and the owner move a batch's
 * version: so the outcome of a commit that ended with an exception is found out by reading epoch and version.
 *
 * <p><b>Threading.</b> Called by several threads at once; commits of one engine come one after the other. A call may block: the
 * engine gives it a thread of its own and goes on meanwhile. A call must not wait for a lock that a stopped process may hold.
 *
 * <p><b>Durability.</b> What a call has answered is kept: a durable store answers after its sync, not before.
 *
 * <p><b>Ordering.</b> Lists are by key, never by offset, so that a page is not shifted by writes.
 *
 * <p><b>Text.</b> Valid Unicode without NUL, which the engine sees to. Kept and compared as it is: not trimmed, folded or normalised.
 *
 * <p><b>Nullness.</b> No argument is null and no answer may be. Arguments are not changed or kept, and an answer does not change once
 * it is given.
 *
 * <p><b>Exceptions.</b> Of any type; they mean that the outcome is unknown. The engine reads back, repeats with a growing wait, says
 * so in its health, and goes on when the store does. Three codes of {@code BatchEngineException} tell more. {@code STORE_UNAVAILABLE} is an
 * outage: the batch waits, however long, and no content is blamed. {@code CONTENT_REFUSED} from {@link #commit} says that the store can't keep
 * a value of the call: the engine looks for it, and writes it in another form. An exception without such a code that comes for one batch, while
 * other commits of that batch are written, is taken for a refusal of content too.
 * One failure is for ever: {@code STORE_LOST} tells that what was written so far will be found by nobody. The engine then starts nothing
 * more, asks running jobs to stop, and tells whoever waits.
 *
 * <p><b>Lifecycle.</b> Made before the engine. The engine closes it only where it was found by name; the one who made it closes it
 * otherwise.
 *
 * <p><b>Evolution.</b> New methods come with a default only, so a store that is compiled today keeps working. What a store is given and what
 * it answers are values with factories and builders, which may get more parts.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface BatchStore extends AutoCloseable {
    /**
     * Stores a batch as {@link StoredBatch#created}, unless its project has used its idempotency key before, or has the batch already,
     * from a creation whose answer was lost, or the batch that it retries is not there. Asked in this order.
     *
     * @param batch the batch
     * @return stored; or there before, with the same or another fingerprint; or refused
     */
    CreateResult create(BatchRecord batch);

    /**
     * Finds a batch.
     *
     * @param key by id or by idempotency key, within a project
     * @return the batch, or empty
     */
    Optional<StoredBatch> find(BatchKey key);

    /**
     * Lists batches, newest first.
     *
     * @param query filters and place
     * @return the page
     */
    BatchPage list(BatchQuery query);

    /**
     * Writes what its owner has to say of each batch. Atomic per batch; a batch that is refused spoils no other. A settled file that
     * is written again, with whatever outcome, changes nothing.
     *
     * @param commits one for each batch, no batch twice
     * @return a verdict for each, in the same order; see {@link BatchCommit#judge}
     */
    List<Verdict> commit(List<BatchCommit> commits);

    /**
     * Gives an engine batches that are not terminal and have no owner, or whose owner is known to be dead or has let its lease lapse.
     * Each becomes what {@link StoredBatch#claimedBy} tells. A claim that gives something prolongs the owner's lease for all that it holds.
     *
     * <p><b>Order.</b> The places of a claim go by age: to the oldest batches of all projects, by time of creation, as far as its limits
     * allow. Each project then fills the places that it got, in turn, with its own batches by {@link BatchRecord#claimOrder}, the earliest
     * first, ties by id. So a priority orders the batches of a project, and takes no place from another one. And no batch waits for ever: what
     * may go before it was created before it or within a bounded time after it, in its own project and in any other. A batch to be cancelled
     * takes its place itself, whatever its priority, and counts for no project. Batches are answered in the order of the places.
     *
     * @param request what the engine wants
     * @return the batches; each belongs to this owner alone
     */
    List<Claimed> claim(ClaimRequest request);

    /**
     * Prolongs an engine's lease and gives batches back. Also after the lease has lapsed: what nobody has claimed since is still held.
     * Changes nothing of a batch but the owner of those given back.
     *
     * @param request the owner, the lease and the batches to give back
     * @return what the engine holds now, and which of it is to be cancelled
     */
    Renewal renew(RenewRequest request);

    /**
     * Records that a batch is to be cancelled: durable, by any engine, needing no epoch. Moves neither the version nor the status.
     *
     * @param key the batch
     * @return what became of it
     */
    CancelReply requestCancel(BatchKey key);

    /**
     * Reads files.
     *
     * @param query which
     * @return in ascending order of ordinal; fewer than the query's limit where there are no more
     */
    List<FileRecord> files(FileQuery query);

    /**
     * Reads files of a batch that wait for a retry, the ones that are due first first. The engine keeps no more than some of them in memory
     * and reads the others back through this call. The default looks at every file of the batch: a store that keeps waiting files in an
     * order of their due times should answer from that.
     *
     * @param query which
     * @return in the order of {@link DelayedQuery}, none of them settled; fewer than the query's limit where there are no more
     */
    default List<FileRecord> delayed(DelayedQuery query) {
        return DelayedScan.read(this, query);
    }

    /**
     * Deletes terminal batches with all that belongs to them, in slices, so that no call takes long. From the first slice on a batch
     * is not found any more, can't be retried, and its idempotency key is free.
     *
     * @param request what
     * @param slice how many files one call deletes at the most, roughly
     * @return what became of it; after {@link DeleteReply.Kind#MORE} the engine calls again
     */
    DeleteReply delete(DeleteRequest request, int slice);

    /**
     * Tells what is wrong with the store now, or soon will be, and what to do about it. {@code engine.health()} shows it among its
     * problems; the engine decides nothing by it.
     *
     * <p>Answers from what the store knows already: never waits, asks no database, throws nothing. Any thread may call it at any time,
     * also after {@link #close}. A warning disappears when its cause does.
     *
     * @return one sentence or two for each, for people and safe in one line of a log; empty when all is well, which is the default
     */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Tells what is worth knowing of the store although nothing is wrong: a protection that its database does without, a way of working that
     * was chosen for what it found. {@code engine.health()} shows it beside its problems; it makes no engine degraded.
     *
     * <p>Answers as {@link #warnings()} does.
     *
     * @return one sentence or two for each; empty by default
     */
    default List<String> notes() {
        return List.of();
    }

    /** Frees what the store holds. Calling it again changes nothing. */
    @Override
    void close();
}
