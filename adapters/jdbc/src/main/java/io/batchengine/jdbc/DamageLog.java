package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which batches a store has found damaged: each is logged once, and told until it is gone. Any thread. */
final class DamageLog {
    private static final Logger LOG = LoggerFactory.getLogger(DamageLog.class);
    private static final int MOST = 100;

    /** What is told of a batch, and whether that is only that an engine has given it up. */
    private record Told(String message, boolean givenUp) {}

    private final Map<String, Told> byBatch = new ConcurrentSkipListMap<>();
    /** Batches that the engine on this store has given up, and so tells of itself. */
    private final Set<String> toldByEngine = ConcurrentHashMap.newKeySet();

    private volatile String engine = "";

    /** Something of a batch is damaged. */
    void found(String batchId, String message) {
        if (byBatch.size() < MOST && byBatch.put(batchId, new Told(message, false)) == null) {
            LOG.error("{}", message);
        }
    }

    /** The row of a batch is damaged. */
    void found(FoundBatch batch) {
        found(batch.id(), String.valueOf(FoundBatch.damage(batch.id()).getMessage()));
    }

    /** An engine has given up a batch, and the batch is given to no engine any more; what is known of it already tells more. */
    void foundGivenUp(String batchId, String reason) {
        String message = Text.format(
                "batch %s is given to no engine: %s; cancel it to end it, then delete it", Text.quote(batchId), reason);
        if (byBatch.size() < MOST && byBatch.putIfAbsent(batchId, new Told(message, true)) == null) {
            LOG.error("{}", message);
        }
    }

    /** The engine on this store gives up a batch, which it tells of itself. */
    void givenUp(String batchId) {
        if (toldByEngine.size() < MOST) {
            toldByEngine.add(batchId);
        }
    }

    /** An engine claims: what another has told before, it does not tell. */
    void claims(String owner) {
        if (!owner.equals(engine)) {
            engine = owner;
            toldByEngine.clear();
        }
    }

    /** The batch was deleted, or ended for its damage. */
    void gone(String batchId) {
        byBatch.remove(batchId);
        toldByEngine.remove(batchId);
    }

    /** What to tell people, the first {@value #MOST} of them. */
    List<String> messages() {
        return byBatch.values().stream().map(Told::message).toList();
    }

    /** The same without that a batch was given up, where the engine on this store tells that itself. */
    List<String> warnings() {
        return byBatch.entrySet().stream()
                .filter(each -> !each.getValue().givenUp() || !toldByEngine.contains(each.getKey()))
                .map(each -> each.getValue().message())
                .toList();
    }

    /** Notes damage that a call is about to tell of. */
    BatchEngineException noted(String batchId, BatchEngineException damage) {
        found(batchId, String.valueOf(damage.getMessage()));
        return damage;
    }
}
