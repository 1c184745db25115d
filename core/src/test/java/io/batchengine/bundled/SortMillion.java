package io.batchengine.bundled;

import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sorts generated ids in a process of its own, whose heap is too small to hold them: count, names in memory. */
final class SortMillion {
    private SortMillion() {}

    /** A generated file. */
    private record Generated(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        // Multiplying by an odd number visits every number once, in no order.
        var ids = IntStream.range(0, count)
                .mapToObj(i -> Text.format("dfl-some/longer/path/%08x.pdf", i * 0x9e3779b1))
                .iterator();
        long listed = 0;
        String last = "";
        try (Listing listing = SortedListing.sort(
                ids, Optional.empty(), new SortBuffer(Integer.parseInt(args[1]), null), Generated::new)) {
            FilePage page;
            do {
                page = listing.next(1_000);
                for (SourceFile file : page.files()) {
                    if (Ids.compareUtf8(last, file.id()) >= 0) {
                        throw new AssertionError(file.id() + " behind " + last);
                    }
                    last = file.id();
                    listed++;
                }
            } while (!page.last());
        }
        System.out.print(listed + " sorted");
    }
}
