package io.batchengine.internal.engine.batch;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.ListedPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files of the recorded pages are settled: a bit for each file of the pages that are not settled as a whole. Keeps the ids of
 * these pages too, to name files in events, but not of files that wait in the store alone. So memory is what is in flight and a bit a
 * waiting file, whatever the batch's size. Confined to the serial executor.
 */
final class SettledOrdinals {
    private final TreeMap<Long, OpenPage> open = new TreeMap<>(); // by first ordinal
    private final List<Long> complete = new ArrayList<>(); // keys in open
    private final List<Long> leaving = new ArrayList<>(); // keys in open, complete when settledBelow was last asked
    private final Set<OpenPage> idle = new HashSet<>(); // what settled of them last is not told yet
    private final Set<OpenPage> leavingIdle = new HashSet<>(); // idle when settledBelow was last asked
    private final Map<Long, String> names = new HashMap<>(); // of files read back, whose pages have no ids any more
    private final List<Long> named = new ArrayList<>(); // keys in names, settled since settledBelow was last asked
    private final List<Long> leavingNames =
            new ArrayList<>(); // keys in names, settled when settledBelow was last asked
    private long listedEnd;
    private @Nullable OpenPage last; // where the search hit last: results come in runs

    SettledOrdinals(long settledBelow) {
        this.listedEnd = settledBelow;
    }

    void addPage(ListedPage page) {
        addPage(new OpenPage(page.firstOrdinal(), page.fileIds()));
    }

    void addPage(OpenPage page) {
        open.put(page.first(), page);
        listedEnd = page.end();
    }

    /** Pages up to here are recorded; what of them was not added is settled. */
    void listedTo(long end) {
        listedEnd = end;
    }

    /** Marks a file; false where it was marked before, or is of no recorded page. */
    boolean settle(long ordinal) {
        OpenPage page = find(ordinal);
        if (page == null || !page.settle(ordinal)) {
            return false;
        }
        if (page.isComplete()) {
            complete.add(page.first());
        } else if (page.isIdle()) {
            idle.add(page);
        }
        if (!names.isEmpty() && names.containsKey(ordinal)) {
            named.add(ordinal);
        }
        return true;
    }

    /** Whether a file of a recorded page is not settled. */
    boolean isOpen(long ordinal) {
        OpenPage page = find(ordinal);
        return page != null && !page.isSettled(ordinal);
    }

    /** A file waits in the store alone from now on. */
    void leave(long ordinal) {
        OpenPage page = find(ordinal);
        if (page != null) {
            page.leave(1);
            if (page.isIdle()) {
                idle.add(page);
            }
        }
        names.remove(ordinal);
    }

    /** A file that waited in the store alone is in memory again. */
    void comeBack(long ordinal, String fileId) {
        OpenPage page = find(ordinal);
        if (page != null) {
            page.comeBack();
        }
        names.put(ordinal, fileId);
    }

    /** The id of a file of a page that is not forgotten; else null. */
    @Nullable
    String fileId(long ordinal) {
        OpenPage page = find(ordinal);
        String id = page == null ? null : page.id(ordinal);
        return id == null && !names.isEmpty() ? names.get(ordinal) : id;
    }

    /** The ordinal below which every file is settled. */
    long settledBelow() {
        leaving.addAll(complete);
        complete.clear();
        leavingNames.addAll(named);
        named.clear();
        leavingIdle.addAll(idle);
        idle.clear();
        for (OpenPage page : open.values()) { // no page that is settled as a whole stays for longer than a write
            if (!page.isComplete()) {
                return page.firstMissing();
            }
        }
        return listedEnd;
    }

    /** What {@link #settledBelow} told is recorded: forgets the pages that were settled as a whole by then. */
    void recorded() {
        leaving.forEach(open::remove);
        leaving.clear();
        leavingNames.forEach(names::remove);
        leavingNames.clear();
        leavingIdle.forEach(OpenPage::forgetIds); // what came back since has a name of its own
        leavingIdle.clear();
        last = null;
    }

    private @Nullable OpenPage find(long ordinal) {
        OpenPage hit = last;
        if (hit == null || !hit.contains(ordinal)) {
            Map.Entry<Long, OpenPage> entry = open.floorEntry(ordinal);
            hit = entry == null || !entry.getValue().contains(ordinal) ? null : entry.getValue();
            last = hit;
        }
        return hit;
    }

    /** What listeners are told of settled files of recorded pages. */
    List<FileRecord> records(String batchId, List<SettledFile> files) {
        List<FileRecord> records = new ArrayList<>(files.size());
        for (SettledFile file : files) {
            String id = fileId(file.ordinal());
            if (id != null) {
                records.add(FileRecord.of(batchId, file.ordinal(), id, file, null));
            }
        }
        return records;
    }
}
