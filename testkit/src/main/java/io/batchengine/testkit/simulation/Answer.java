package io.batchengine.testkit.simulation;

import io.batchengine.spi.FileRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers of a store by which nobody gets on. */
enum Answer {
    /** A page that is full, of the same rows again and again. */
    SAME_ROWS,
    /** The last row is not there. */
    FEWER_ROWS,
    /** A page without rows. */
    NO_ROWS,
    /** The last row first. */
    DESCENDING,
    /** Files without the ends that they have. */
    NO_ENDS,
    /** Of the files that wait for a retry none is there. */
    NO_DELAYED,
    /** A full page of the first file that waits for a retry. */
    SAME_DELAYED,
    /** Each claimed batch twice, until calm begins: an engine that is given no batch can end none. */
    CLAIMED_TWICE,
    /** The oldest batch first, where the newest is asked for. */
    LIST_ASCENDS,
    /** There is more to delete, and nothing is deleted. */
    DELETES_NOTHING;

    boolean isOfFiles() {
        return compareTo(NO_ENDS) <= 0;
    }

    boolean isOfDelayed() {
        return this == NO_DELAYED || this == SAME_DELAYED;
    }

    /** The rows of a page, of which there is at least one, as they are told. */
    List<FileRecord> of(List<FileRecord> files, int limit) {
        List<FileRecord> told = new ArrayList<>(files);
        switch (this) {
            case SAME_ROWS -> {
                int most = Math.min(limit, 1_000); // readers ask for no more at a time
                for (int i = 0; told.size() < most; i++) {
                    told.add(files.get(i % files.size()));
                }
            }
            case FEWER_ROWS -> told.remove(told.size() - 1);
            case NO_ROWS, NO_DELAYED -> told.clear();
            case DESCENDING -> Collections.reverse(told);
            case NO_ENDS -> told.replaceAll(Answer::withoutEnd);
            case SAME_DELAYED -> told = new ArrayList<>(Collections.nCopies(Math.max(2, limit), files.get(0)));
            default -> throw new IllegalStateException(this + " is no page of files");
        }
        return told;
    }

    private static FileRecord withoutEnd(FileRecord file) {
        return FileRecord.of(file.batchId(), file.ordinal(), file.fileId(), null, file.delayed());
    }
}
