package io.batchengine.internal.engine.job;

import static io.batchengine.support.Interleavings.check;
import static io.batchengine.support.Interleavings.together;

import io.batchengine.spi.SourceFile;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.support.Interleavings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Hunts four races of the page index: two workers take one file (it runs twice); one takes what is behind the end; one takes a file after the
 * page was closed; and a worker that begins makes the page look exhausted while it is not (a file waits though a worker is free).
 */
@EnabledOnJre(JRE.JAVA_17)
class SharedPageLincheckTest {
    private static final SourceFile FILE = new SourceFile() {
        @Override
        public String id() {
            return "a";
        }

        @Override
        public String name() {
            return "a";
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    };

    @Test
    void each_index_is_taken_once_and_none_behind_the_end() {
        Interleavings.hold(() -> takeAll(new Real(3), 3));
    }

    @Test
    void an_index_that_is_read_and_then_written_is_taken_twice() {
        Interleavings.fail(() -> takeAll(new ReadThenWrite(3), 3), "times");
    }

    @Test
    void an_index_that_is_not_looked_at_after_it_was_taken_is_behind_the_end() {
        Interleavings.fail(() -> takeAll(new LookThenTake(3), 3), "behind the end");
    }

    @Test
    void a_closed_page_gives_nothing_more() {
        Interleavings.hold(() -> takeAndClose(new Real(2)));
    }

    @Test
    void an_index_that_is_written_without_a_look_at_the_close_undoes_it() {
        Interleavings.fail(() -> takeAndClose(new ReadThenWrite(2)), "after the close");
    }

    @Test
    void a_worker_that_begins_never_hides_what_is_left_for_others() {
        Interleavings.hold(() -> lookWhileAWorkerBegins(new Real(2)));
    }

    @Test
    void promises_that_are_read_before_the_index_hide_a_file() {
        Interleavings.fail(() -> lookWhileAWorkerBegins(new PromisesFirst(2)), "is hidden");
    }

    private static void takeAll(Page page, int files) {
        AtomicIntegerArray taken = new AtomicIntegerArray(files);
        Runnable worker = () -> {
            for (int index = page.take(); index >= 0; index = page.take()) {
                check(index < files, "an index behind the end");
                taken.incrementAndGet(index);
            }
        };
        together(worker, worker);
        for (int i = 0; i < files; i++) {
            check(taken.get(i) == 1, "index " + i + " taken " + taken.get(i) + " times");
        }
    }

    private static void takeAndClose(Page page) {
        together(() -> check(page.take() < 2, "an index behind the end"), () -> {
            page.close();
            check(page.take() < 0, "taken after the close");
        });
        check(page.take() < 0, "taken after the close");
    }

    private static void lookWhileAWorkerBegins(Page page) {
        page.promise();
        together(
                () -> {
                    page.arrived();
                    page.take();
                },
                () -> check(page.hasMore(), "the second file is hidden"));
    }

    /** The part of {@link SharedPage} that threads share. */
    private interface Page {
        int take();

        boolean hasMore();

        void promise();

        void arrived();

        void close();
    }

    private record Real(SharedPage page) implements Page {
        Real(int files) {
            this(new SharedPage(new ListedPage(0, Collections.nCopies(files, "a")), Collections.nCopies(files, FILE)));
        }

        @Override
        public int take() {
            return page.take();
        }

        @Override
        public boolean hasMore() {
            return page.hasMore();
        }

        @Override
        public void promise() {
            page.promise();
        }

        @Override
        public void arrived() {
            page.arrived();
        }

        @Override
        public void close() {
            page.close();
        }
    }

    /** As {@link SharedPage}, for races to be planted in. */
    private abstract static class Planted implements Page {
        final int files;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger promised = new AtomicInteger();

        Planted(int files) {
            this.files = files;
        }

        @Override
        public int take() {
            int index = next.getAndIncrement();
            return index < files ? index : -1;
        }

        @Override
        public boolean hasMore() {
            return files - next.get() > promised.get();
        }

        @Override
        public void promise() {
            promised.incrementAndGet();
        }

        @Override
        public void arrived() {
            promised.decrementAndGet();
        }

        @Override
        public void close() {
            next.set(files);
        }
    }

    private static final class ReadThenWrite extends Planted {
        ReadThenWrite(int files) {
            super(files);
        }

        @Override
        public int take() {
            int index = next.get();
            if (index >= files) {
                return -1;
            }
            next.set(index + 1);
            return index;
        }
    }

    private static final class LookThenTake extends Planted {
        LookThenTake(int files) {
            super(files);
        }

        @Override
        public int take() {
            return next.get() < files ? next.getAndIncrement() : -1;
        }
    }

    private static final class PromisesFirst extends Planted {
        PromisesFirst(int files) {
            super(files);
        }

        @Override
        public boolean hasMore() {
            int coming = promised.get();
            return files - next.get() > coming;
        }
    }
}
