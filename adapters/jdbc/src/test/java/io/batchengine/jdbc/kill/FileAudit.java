package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of one batch: none lost, none twice, none with another outcome than its own. */
final class FileAudit {
    private static final int READ_SIZE = 500;
    private static final int CRASHES = 3;
    /** Of a waiting retry its attempts are recorded, not why they failed: an owner that did not run them can't tell. */
    private static final String TAKEN_OVER = "an attempt failed before the batch was taken over";

    private static final Pattern GIVEN_UP = Pattern.compile("its engine was lost \\d+ times while this job ran alone");

    private final PlannedBatch plan;
    private final StoredBatch batch;
    private final @Nullable BatchLedger told;
    private final KillViolations violations;
    private final Map<FileOutcome, Long> outcomes = new EnumMap<>(FileOutcome.class);
    private int found;

    FileAudit(PlannedBatch plan, StoredBatch batch, @Nullable BatchLedger told, KillViolations violations) {
        this.plan = plan;
        this.batch = batch;
        this.told = told;
        this.violations = violations;
    }

    void check(BatchStore store) {
        long next = 0;
        List<FileRecord> read;
        do {
            read = store.files(FileQuery.InBatch.of(batch.id(), next, Long.MAX_VALUE, Set.of(), READ_SIZE));
            for (FileRecord file : read) {
                if (file.ordinal() != next) {
                    violations.add(file.ordinal() < next ? Kind.DOUBLED : Kind.LOST, "I1: %s at place %d", file, next);
                }
                check(file);
                next = file.ordinal() + 1;
            }
        } while (read.size() == READ_SIZE && next <= plan.files());
        checkCounts(next);
    }

    private void check(FileRecord file) {
        boolean planned = file.ordinal() < plan.files()
                && file.fileId().equals(plan.fileId(file.ordinal()))
                && file.batchId().equals(batch.id());
        if (!planned) {
            violations.add(Kind.ILLEGAL, "I1: the directory never listed %s", file);
            return;
        }
        BatchLedger.Told end = told == null ? null : told.settled.get(file.ordinal());
        SettledFile settled = file.settled();
        if (settled != null) {
            outcomes.merge(settled.outcome(), 1L, Long::sum);
            checkOutcome(file, settled);
        } else if (file.ordinal() < batch.state().settledBelow()) {
            violations.add(
                    Kind.LOST,
                    "I1: %s is not settled, below %d",
                    file,
                    batch.state().settledBelow());
        }
        if (end != null) {
            found++;
            boolean same = settled != null
                    && settled.outcome() == end.line().outcome()
                    && settled.attempts() == end.line().attempts();
            if (!same) {
                violations.add(Kind.LOST, "I3: %s was acknowledged as %s", file, end);
            }
        }
    }

    private void checkOutcome(FileRecord file, SettledFile settled) {
        FileKind kind = plan.kind(file.ordinal());
        // A batch that is cancelled or fails stops what runs, and makes no more of the attempts that are left.
        boolean cancelled = batch.state().cancelRequested() || plan.overLimit();
        if ((cancelled && settled.outcome() == FileOutcome.CANCELLED) || gaveUp(settled)) {
            return;
        }
        boolean inTime = settled.outcome() == kind.outcome(plan.maxAttempts());
        boolean cutShort = cancelled && settled.outcome() == kind.outcome(1);
        boolean fits = (inTime || cutShort)
                && settled.attempts() <= plan.maxAttempts()
                && (settled.message() == null) == (settled.outcome() == FileOutcome.SUCCEEDED)
                && (settled.message() == null
                        || isToldBy(settled.message(), kind, file.ordinal())
                        || (cutShort && settled.message().contains(TAKEN_OVER)))
                && (settled.jobId() != null) == (kind == FileKind.OWN_ID)
                && kind != FileKind.KILLER;
        if (!fits) {
            violations.add(Kind.LOST, "I10: a file of kind %s became %s", kind, file);
        }
    }

    /** A message that the database refuses is kept in another form, which says so. */
    private static boolean isToldBy(String message, FileKind kind, long ordinal) {
        return kind == FileKind.UNKEPT
                ? message.contains("the store could not keep")
                        && PlannedBatch.MARKS.stream().noneMatch(message::contains)
                : message.contains(PlannedBatch.message(ordinal));
    }

    /** A file that ran alone when its engine was lost three times is taken for the one that kills it, be it so or not. */
    private static boolean gaveUp(SettledFile settled) {
        return settled.outcome() == FileOutcome.FAILED
                && settled.attempts() >= CRASHES
                && settled.message() != null
                && GIVEN_UP.matcher(settled.message()).matches();
    }

    private void checkCounts(long listed) {
        FileCounts counts = batch.state().counts();
        if (counts.listed() != listed) {
            violations.add(Kind.LOST, "I4: %s has %d files, and counts %s", batch.id(), listed, counts);
        }
        boolean same = count(FileOutcome.SUCCEEDED) == counts.succeeded()
                && count(FileOutcome.FAILED) == counts.failed()
                && count(FileOutcome.CANCELLED) == counts.cancelled()
                && count(FileOutcome.MAPPING_ERROR) == counts.mappingErrors();
        if (!same) {
            violations.add(Kind.LOST, "I4: %s has %s, and counts %s", batch.id(), outcomes, counts);
        }
        if (told != null && found < told.settled.size()) {
            violations.add(
                    Kind.LOST,
                    "I3: %d files of %s were acknowledged, %d are there",
                    told.settled.size(),
                    batch.id(),
                    found);
        }
        if (batch.state().status() == BatchStatus.COMPLETED && listed != plan.files()) {
            violations.add(Kind.LOST, "I1: %s is completed with %d of %d files", batch.id(), listed, plan.files());
        }
    }

    private long count(FileOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
