package io.batchengine.testkit.simulation;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.testkit.invariant.Expectations;
import io.batchengine.testkit.simulation.Plan.DirectorySpec;
import io.batchengine.testkit.simulation.Plan.Quirk;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan leads to. Batches over the failed files of others, jobs with a time limit, and directories that fail, perhaps for one engine and
 * not for the next, depend on more than the plan.
 */
final class PlannedOutcomes implements Expectations {
    private static final Set<Quirk> ALL_LISTED =
            EnumSet.of(Quirk.NONE, Quirk.FAILS_ONCE, Quirk.DUPLICATES, Quirk.EMPTY_PAGES);

    private final Plan plan;
    private final boolean known;
    private final boolean changesListings;
    private final Map<String, DirectorySpec> allListed = new HashMap<>(); // by id

    PlannedOutcomes(Plan plan, boolean ownJobs) {
        this.plan = plan;
        this.changesListings = plan.changesListings();
        this.known = !ownJobs && !changesListings && !plan.changesOutcomes();
        for (DirectorySpec directory : plan.directories()) {
            if (ALL_LISTED.contains(directory.quirk())) {
                allListed.put(directory.id(), directory);
            }
        }
    }

    @Override
    public Optional<List<String>> filesOf(BatchRecord batch) {
        DirectorySpec directory = allListed.get(batch.sourceDirectoryId());
        return batch.retryOf() != null
                        || changesListings
                        || directory == null
                        || directory.files() > batch.options().maxFiles()
                ? Optional.empty()
                : Optional.of(SimulatedDirectory.ids(directory));
    }

    @Override
    public Optional<FileOutcome> outcomeOf(BatchRecord batch, String fileId) {
        DirectorySpec directory = allListed.get(batch.sourceDirectoryId());
        int file = SimulatedDirectory.number(fileId);
        return known
                        && directory != null
                        && file < directory.files()
                        && batch.options().jobTimeout() == null
                ? Optional.of(Behaviour.draw(plan, batch.sourceDirectoryId(), file)
                        .outcome(batch.options().retry().maxAttempts()))
                : Optional.empty();
    }
}
