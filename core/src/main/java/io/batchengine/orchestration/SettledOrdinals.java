package io.batchengine.orchestration;

import io.batchengine.spi.ListedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files of the recorded pages are settled: a bit for each file of the pages that are not settled as a whole. So memory is
 * what is in flight, whatever the batch's size. Keeps the ids of these pages too, to name files in events. Confined to the decision
 * context.
 */
final class SettledOrdinals {
    private static final class Bits {
        final ListedPage page;
        final long end;
        private final long[] words;
        private int missing;

        Bits(ListedPage page) {
            this.page = page;
            this.missing = page.fileIds().size();
            this.end = page.firstOrdinal() + missing;
            this.words = new long[(missing + 63) >>> 6];
        }

        boolean set(int index) {
            long bit = 1L << index;
            if ((words[index >>> 6] & bit) != 0) {
                return false;
            }
            words[index >>> 6] |= bit;
            missing--;
            return true;
        }

        long firstMissing() {
            for (int i = 0; i < words.length; i++) {
                if (words[i] != -1L) {
                    return page.firstOrdinal() + (i << 6) + Long.numberOfTrailingZeros(~words[i]);
                }
            }
            return end;
        }
    }

    private final TreeMap<Long, Bits> open = new TreeMap<>(); // by first ordinal
    private final List<Long> complete = new ArrayList<>(); // keys in open
    private final List<Long> leaving = new ArrayList<>(); // keys in open, complete when settledBelow was last asked
    private long listedEnd;
    private @Nullable Bits last; // where the search hit last: results come in runs

    SettledOrdinals(long settledBelow) {
        this.listedEnd = settledBelow;
    }

    void addPage(ListedPage page) {
        Bits bits = new Bits(page);
        open.put(page.firstOrdinal(), bits);
        listedEnd = bits.end;
    }

    /** Pages up to here are recorded; what of them was not added is settled. */
    void listedTo(long end) {
        listedEnd = end;
    }

    /** Marks a file; false where it was marked before, or is of no recorded page. */
    boolean settle(long ordinal) {
        Bits bits = find(ordinal);
        if (bits == null || !bits.set((int) (ordinal - bits.page.firstOrdinal()))) {
            return false;
        }
        if (bits.missing == 0) {
            complete.add(bits.page.firstOrdinal());
        }
        return true;
    }

    /** The id of a file of a page that is not forgotten; else null. */
    @Nullable
    String fileId(long ordinal) {
        Bits bits = find(ordinal);
        return bits == null ? null : bits.page.fileIds().get((int) (ordinal - bits.page.firstOrdinal()));
    }

    /** The ordinal below which every file is settled. */
    long settledBelow() {
        leaving.addAll(complete);
        complete.clear();
        for (Bits bits : open.values()) { // no page that is settled as a whole stays for longer than a write
            if (bits.missing > 0) {
                return bits.firstMissing();
            }
        }
        return listedEnd;
    }

    /** What {@link #settledBelow} told is recorded: forgets the pages that were settled as a whole by then. */
    void recorded() {
        leaving.forEach(open::remove);
        leaving.clear();
        last = null;
    }

    private @Nullable Bits find(long ordinal) {
        Bits hit = last;
        if (hit == null || ordinal < hit.page.firstOrdinal() || ordinal >= hit.end) {
            Map.Entry<Long, Bits> entry = open.floorEntry(ordinal);
            hit = entry == null || ordinal >= entry.getValue().end ? null : entry.getValue();
            last = hit;
        }
        return hit;
    }
}
