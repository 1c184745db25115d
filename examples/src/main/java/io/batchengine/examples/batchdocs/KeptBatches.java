package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.StoredBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The batches of a project that a store holds. */
final class KeptBatches {
    private static final Set<BatchStatus> UNFINISHED =
            Set.of(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.RUNNING);
    private static final int PAGE_SIZE = 100;

    private final BatchStore store;
    private final String projectId;

    KeptBatches(BatchStore store, Scope scope) {
        this.store = store;
        this.projectId = scope.projectId();
    }

    StoredBatch require(String batchId) {
        return store.find(new BatchKey.ById(projectId, batchId))
                .orElseThrow(() -> new UsageException(Text.format(
                        "there is no batch %s in this store, in the project %s; see the command list",
                        Text.quote(batchId), Text.quote(projectId))));
    }

    /** The ids of the batches to continue: the higher priority first, then the older. */
    List<String> unfinished() {
        List<StoredBatch> batches = unfinished(null);
        Collections.reverse(batches);
        return batches.stream()
                .sorted(Comparator.comparing(batch -> -batch.request().options().priority()))
                .map(StoredBatch::id)
                .toList();
    }

    /** The newest unfinished batch that does the same: over the same directory, with the same settings, configuration and options. */
    Optional<StoredBatch> unfinishedLike(RunRequest request, ConfigurationSnapshot snapshot) {
        return unfinished(request.settings().directoryId()).stream()
                .filter(batch -> !batch.state().cancelRequested())
                .filter(batch -> isLike(batch.request(), request, snapshot))
                .findFirst();
    }

    private static boolean isLike(BatchRecord batch, RunRequest request, ConfigurationSnapshot snapshot) {
        return batch.config().job().type().equals(request.type())
                && batch.config().job().configurationId().equals(request.configurationId())
                && batch.configuration().equals(snapshot)
                && batch.options().equals(request.options());
    }

    private List<StoredBatch> unfinished(@Nullable String directoryId) {
        List<StoredBatch> found = new ArrayList<>();
        BatchQuery.Position after = null;
        List<StoredBatch> page;
        do {
            page = store.list(BatchQuery.builder()
                            .projectId(projectId)
                            .statuses(UNFINISHED)
                            .sourceDirectoryId(directoryId)
                            .after(after)
                            .limit(PAGE_SIZE)
                            .build())
                    .batches();
            found.addAll(page);
            if (!page.isEmpty()) {
                StoredBatch last = page.get(page.size() - 1);
                after = new BatchQuery.Position(last.request().createdAt(), last.id());
            }
        } while (page.size() == PAGE_SIZE);
        return found;
    }
}
