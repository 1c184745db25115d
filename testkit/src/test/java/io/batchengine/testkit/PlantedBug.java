package io.batchengine.testkit;

import io.batchengine.spi.store.BatchStore;
import java.util.List;
import java.util.function.UnaryOperator;

/** What can be wrong with a store, and the rules that say so. */
@SuppressWarnings("ImmutableEnumChecker") // constructor references and List.of
enum PlantedBug {
    /** A commit is written whatever version its writer saw. */
    LOST_UPDATE(BrokenCommits.LostUpdate::new, "S8.5", "S8.17", "S21.3"),
    /** A commit is written whatever epoch it carries. */
    EPOCH_NOT_CHECKED(BrokenCommits.EpochNotChecked::new, "S6.2", "S8.3", "S8.4", "S9.2"),
    /** A commit is written whatever claim of its epoch it belongs to. */
    CLAIM_TOKEN_NOT_CHECKED(BrokenCommits.ClaimTokenNotChecked::new, "S8.18"),
    /** A batch is released whatever claim of it is named. */
    RELEASE_NOT_FENCED(BrokenReads.ReleaseNotFenced::new, "S7.9", "S7.15"),
    /** A file that settles again is recorded again. */
    RESULTS_NOT_IDEMPOTENT(BrokenReads.LastEndCounts::new, "S11.5", "S11.8"),
    /** Pages of a list are found by offset. */
    PAGE_SKIPPED_UNDER_WRITES(BrokenReads.PagesByOffset::new, "S4.3", "S4.5"),
    /** COMPLETED is written from any status that has not ended. */
    STATUS_EDGE_NOT_CHECKED(BrokenCommits.EdgeNotChecked::new, "S8.1", "S8.15"),
    /** What fits of a commit that does not fit as a whole is written. */
    PARTIAL_COMMIT(BrokenCommits.Partial::new, "S10.8", "S10.9"),
    /** Lists are by id alone, as ids are nearly in the order of time. */
    WRONG_ORDER(BrokenReads.OrderedById::new, "S3.1", "S3.15"),
    /** A batch is found by its id in any project. */
    PROJECT_LEAK(BrokenReads.ProjectLeak::new, "S2.3", "S14.7", "S17.6"),
    /** A write is recorded at what its writer's clock says, earlier than the one before or not. */
    CLOCK_BACKWARDS(BrokenReads.ClockBackwards::new, "S13.4", "S13.10"),
    /** A thread of the store outlives it. */
    CLOSE_LEAKS(BrokenReads.CloseLeaks::new, "S23.3");

    private final UnaryOperator<BatchStore> plant;
    private final List<String> caughtBy;

    PlantedBug(UnaryOperator<BatchStore> plant, String... caughtBy) {
        this.plant = plant;
        this.caughtBy = List.of(caughtBy);
    }

    BatchStore in(BatchStore sound) {
        return plant.apply(sound);
    }

    /** Rules that must fail; others may. */
    List<String> caughtBy() {
        return caughtBy;
    }
}
