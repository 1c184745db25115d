package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.commit.StateCommit;
import io.batchengine.internal.engine.commit.StoreRefusal;
import io.batchengine.internal.engine.job.SharedPage;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what the store refuses of one batch's commits, from the first refusal until all is written. The commit goes in portions: one page
 * alone, then half of the files, half of that, down to one file.
 *
 * <p>An outage refuses everything, so a refusal alone proves nothing. Where the store itself says {@link ErrorCode#STORE_UNAVAILABLE}, nothing is
 * ever to blame: the batch waits. Unless it says that it is about the content, a portion is to blame only when it was refused {@value #STRIKES} times and a commit of the same batch without content was written after each.
 * Confined to the serial executor.
 */
public final class RefusedContent {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedContent.class);
    private static final int STRIKES = 3;
    /** From then on a refused portion is written in ASCII as a whole: not a file alone, but all of its kind are refused. */
    private static final int MANY = 8;
    /** So many ends in a row that can't be kept in any form are no single files: the next go together, in ever larger portions. */
    private static final int ALL_OF_THEM = 16;

    private static final int MAX_TEXT = 1_000;
    private static final int MAX_JOB_ID = 256;
    private static final int MAX_ID = 200;
    private static final String NOTE = " (the store could not keep the original text)";

    /** What the next commit may carry. */
    record Portion(int pages, int files, boolean rest) {
        static final Portion ALL = new Portion(Integer.MAX_VALUE, Integer.MAX_VALUE, true);
        static final Portion NOTHING = new Portion(0, 0, false);
    }

    /** How far a text is changed until the store takes it. */
    enum Form {
        AS_IT_IS,
        ASCII,
        LEFT_OUT,
        REFUSED;

        Form further() {
            return switch (this) {
                case AS_IT_IS -> ASCII;
                case ASCII -> LEFT_OUT;
                case LEFT_OUT, REFUSED -> REFUSED;
            };
        }
    }

    /** What is to be done before the next portion is taken. */
    enum Cure {
        NONE,
        SPLIT_PAGE,
        FAIL_FOR_PAGE,
        CHANGE_FILES,
        FAIL_FOR_FILES,
        CHANGE_STATE
    }

    private Portion last = Portion.ALL;
    private boolean probing;
    private boolean proven; // the store takes other commits of this batch
    private boolean told; // that the content is to blame
    private int known; // settled files that are in question
    private int limit = Integer.MAX_VALUE;
    private int strikes;
    private int culprits;
    private int lostInARow; // files whose ends can't be kept, since one could
    private final long answersBefore; // of the store to writes of any batch
    private boolean outage;
    private int silent; // refusals in a row of commits without content
    private Form form = Form.AS_IT_IS; // of what is in question now

    /** From the first refusal on; how many writes the store had answered by then. */
    RefusedContent(long answers) {
        this.answersBefore = answers;
    }

    Portion next(int pages, int files) {
        last = portion(pages, files);
        return last;
    }

    private Portion portion(int pages, int files) {
        if (probing) {
            return Portion.NOTHING;
        }
        if (pages > 0) {
            return new Portion(1, 0, false);
        }
        int some = Math.min(Math.min(limit, known), files);
        return some > 0 ? new Portion(0, some, false) : Portion.ALL;
    }

    /** A commit was refused and is put back; it held so many pages and files. */
    Cure refused(Throwable failure, int pages, int files, int pageSize) {
        outage = StoreRefusal.isOutage(failure);
        if (outage) { // for all of this batch, however much of others is written, and however long
            silent++;
            return Cure.NONE;
        }
        boolean sure = StoreRefusal.isOfContent(failure);
        told = sure || proven;
        if (probing) {
            silent++;
            return Cure.NONE;
        }
        boolean several = last.rest ? pages + files > 0 : files > 1;
        if (several && (last.rest || lostInARow < ALL_OF_THEM)) {
            return narrowed(sure, files);
        }
        strikes++;
        if (!sure && strikes < STRIKES) {
            probing = true;
            return Cure.NONE;
        }
        strikes = 0;
        if (pages > 0 && pageSize > 1) {
            return Cure.SPLIT_PAGE;
        }
        boolean hopeless = pages > 0 || form == Form.LEFT_OUT || form == Form.REFUSED;
        if (hopeless && !proven) { // a batch is not failed where nothing of it can be written
            probing = true;
            return Cure.NONE;
        }
        return pages > 0 ? Cure.FAIL_FOR_PAGE : changed(files);
    }

    /** The text of the files in question, or of the state where there are none, is changed further. */
    private Cure changed(int files) {
        form = form.further();
        if (files == 0) {
            silent += form == Form.REFUSED ? 1 : 0;
            return Cure.CHANGE_STATE;
        }
        culprits += form == Form.ASCII ? 1 : 0;
        if (form == Form.REFUSED) {
            form = Form.AS_IT_IS; // of the next one
            lostInARow += files;
            limit = lostInARow < ALL_OF_THEM ? 1 : 2 * files;
            return Cure.FAIL_FOR_FILES;
        }
        return Cure.CHANGE_FILES;
    }

    private Cure narrowed(boolean sure, int files) {
        if (last.rest) {
            known = files;
        }
        if (culprits >= MANY && !last.rest && form == Form.AS_IT_IS) {
            form = Form.ASCII;
            return Cure.CHANGE_FILES;
        }
        limit = Math.max(1, files / 2);
        form = Form.AS_IT_IS;
        probing = !sure && !proven;
        return Cure.NONE;
    }

    /** A commit was written; it held so many files. Whether nothing is in question any more. */
    boolean written(int files) {
        silent = 0;
        proven = true;
        if (probing) {
            probing = false;
            return false;
        }
        if (last.rest) {
            return true;
        }
        known = Math.max(0, known - files);
        lostInARow = files > 0 ? 0 : lostInARow;
        limit = files > 0 ? 2 * files : limit;
        strikes = 0;
        form = Form.AS_IT_IS;
        return false;
    }

    /** How often in a row the store has refused what nothing can be taken from. */
    int silent() {
        return silent;
    }

    Form form() {
        return form;
    }

    /** The same end of a file, in texts that every store keeps; succeeded files have no message to tell of it. */
    SettledFile changed(SettledFile file) {
        boolean keep = form == Form.ASCII;
        String message = file.message();
        return SettledFile.of(
                file.ordinal(),
                file.outcome(),
                file.attempts(),
                file.finishedAt(),
                file.durationMillis(),
                keep ? jobId(file.jobId()) : null,
                message == null ? null : keep ? ascii(message) : "the store could not keep the message");
    }

    /** Some pages or files, with the state as it is recorded. */
    static BatchCommit part(StoredBatch durable, Instant at, List<SharedPage> newPages, List<SettledFile> files) {
        BatchState state = durable.state();
        List<ListedPage> listed = newPages.stream().map(page -> page.listed).toList();
        String listedTo = state.listedTo();
        FileCounts more = SettledCounts.of(files, 0);
        for (ListedPage page : listed) {
            listedTo = page.fileIds().get(page.fileIds().size() - 1);
            more = more.plus(FileCounts.builder().listed(page.fileIds().size()).build());
        }
        return StateCommit.of(durable, at)
                .counts(state.counts().plus(more))
                .listedTo(listedTo)
                .pages(listed)
                .settled(files)
                .build();
    }

    /** The reason as the store can keep it. */
    @Nullable
    StatusReason kept(@Nullable StatusReason reason) {
        if (reason == null || form == Form.AS_IT_IS) {
            return reason;
        }
        String message = form == Form.ASCII ? ascii(reason.message()) : "the store could not keep the reason";
        return reason.withMessage(message);
    }

    /** Once it is known that the content is to blame, or that nothing of this batch is taken while something of others is. */
    void tell(String batchId, Problems problems, long answers, Throwable failure) {
        if (!outage && (told || answers > answersBefore)) {
            String message =
                    Text.format("the store can't keep what batch %s has to write: %s", batchId, Text.describe(failure));
            problems.set(Problems.STORE_CONTENT + batchId, message, StatusReason.Code.CONTENT_REFUSED);
            LOG.warn("{}", message);
        } else if (outage && answers > answersBefore) {
            String message = Text.format(
                    "the store fails to write for batch %s, while it writes for others: %s",
                    batchId, Text.describe(failure));
            problems.set(Problems.STORE_CONTENT + batchId, message);
        }
    }

    static String ofPage(String fileId, Throwable failure) {
        return Text.format(
                "the store can't keep the id of file \"%s\", so the batch can't list it: %s",
                Text.ascii(fileId, MAX_ID), Text.ascii(Text.describe(failure), MAX_ID));
    }

    static String ofFile(long ordinal, Throwable failure) {
        return Text.format(
                "the store can't keep the end of file %d: %s", ordinal, Text.ascii(Text.describe(failure), MAX_ID));
    }

    /** Without its own id a job has the one that follows from batch and ordinal. */
    private static @Nullable String jobId(@Nullable String id) {
        String safe = id == null ? null : Text.ascii(id, MAX_JOB_ID);
        return safe == null || safe.length() > MAX_JOB_ID ? null : safe;
    }

    public static String ascii(String text) {
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? text : Text.ascii(text, MAX_TEXT) + NOTE;
    }
}
