package io.batchengine.testkit.simulation;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.NewBatch;
import io.batchengine.testkit.invariant.Expectations;
import io.batchengine.testkit.simulation.Plan.DirectorySpec;
import io.batchengine.testkit.simulation.Plan.Quirk;
import java.util.EnumSet;
import java.util.List;
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

    PlannedOutcomes(Plan plan, boolean ownJobs) {
        this.plan = plan;
        this.known = !ownJobs && !plan.changesOutcomes();
    }

    @Override
    public Optional<List<String>> filesOf(NewBatch batch) {
        if (batch.retryOf() != null || plan.changesListings()) {
            return Optional.empty();
        }
        return plan.directories().stream()
                .filter(directory -> directory.id().equals(batch.sourceDirectoryId()))
                .filter(directory -> ALL_LISTED.contains(directory.quirk()))
                .filter(directory -> directory.files() <= batch.options().maxFiles())
                .map(SimulatedDirectory::ids)
                .findFirst();
    }

    @Override
    public Optional<FileOutcome> outcomeOf(NewBatch batch, String fileId) {
        if (!known || plan.changesListings() || batch.options().jobTimeout() != null) {
            return Optional.empty();
        }
        int file = SimulatedDirectory.number(fileId);
        boolean listed = plan.directories().stream()
                .filter(directory -> directory.id().equals(batch.sourceDirectoryId()))
                .filter(directory -> ALL_LISTED.contains(directory.quirk()))
                .mapToInt(DirectorySpec::files)
                .anyMatch(files -> file < files);
        return listed
                ? Optional.of(Behaviour.draw(plan, batch.sourceDirectoryId(), file)
                        .outcome(batch.options().retry().maxAttempts()))
                : Optional.empty();
    }
}
