package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree in the order of ids.
 *
 * <p><b>Order.</b> A directory is read whole and its entries are sorted, a directory among them by its name with a slash behind
 * it. All ids below it begin with that key, and no other entry's key does; so going down at its place keeps the order of all ids,
 * although {@code a.txt} comes before {@code a/b} and {@code a0} behind it.
 *
 * <p><b>Memory.</b> The levels open at a time share one bound on the names in memory.
 *
 * <p><b>Long paths.</b> The id of a directory that is too long for ids of its own is no level: what is below it is sorted with the
 * last level above, so that shortened ids, which are that level's id and a hash, are in order too.
 *
 * <p>An entry is an id, or a shortened id, {@link #DETAIL} and the begin of the real path.
 */
final class TreeWalk implements Cursor {
    /** Ends the id in an entry that tells more. */
    static final char DETAIL = '\0';

    /** In characters: with the id, less than a spilled text may have. */
    private static final int MAX_DETAIL = 16_000;

    private static final int MIN_LEVEL_BUFFER = 1_000;

    private final SourceRoot root;
    private final WalkOptions options;
    private final @Nullable String after;
    private final Set<String> excluded;
    private final SkippedEntries skipped = new SkippedEntries();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int inMemory;

    TreeWalk(SourceRoot root, WalkOptions options, Optional<String> after) throws IOException {
        this.root = root;
        this.options = options;
        this.after = after.orElse(null);
        this.excluded = root.idsOf(options.excluded());
        open(FileIds.PREFIX);
    }

    @Override
    public @Nullable String next() throws IOException {
        while (!levels.isEmpty()) {
            Level level = levels.getFirst();
            String key = level.keys.next();
            if (key == null) {
                leave();
            } else if (key.endsWith("/")) {
                open(level.id + key);
            } else {
                return level.id + key;
            }
        }
        skipped.log(root.path());
        return null;
    }

    /** How many names are in memory, of all levels that are open. */
    int inMemory() {
        return inMemory;
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            leave();
        }
    }

    private void open(String id) throws IOException {
        SortBuffer whole = options.buffer();
        int names = Math.max(Math.min(whole.names(), MIN_LEVEL_BUFFER), whole.names() - inMemory);
        try (ExternalSorter sorter = new ExternalSorter(new SortBuffer(names, whole.spillDirectory()))) {
            new Reading(id, sorter).readAll();
            levels.addFirst(new Level(id, sorter.sorted(), sorter.inMemory()));
            inMemory += sorter.inMemory();
        }
    }

    private void leave() throws IOException {
        Level level = levels.removeFirst();
        inMemory -= level.inMemory;
        level.keys.close();
    }

    /** Reads the directory of one level, and below it those too long to be levels. */
    private final class Reading implements ConfinedTree.Visitor {
        private final String level;
        private final ExternalSorter sorter;
        private final Deque<String> unread = new ArrayDeque<>();
        private String directory;

        Reading(String level, ExternalSorter sorter) {
            this.level = level;
            this.sorter = sorter;
            this.directory = level;
        }

        void readAll() throws IOException {
            read();
            while (!unread.isEmpty()) {
                directory = unread.removeFirst();
                read();
            }
        }

        private void read() throws IOException {
            List<Path> names = directory.equals(FileIds.PREFIX)
                    ? List.of()
                    : root.names().locate(directory.substring(0, directory.length() - 1));
            if (names == null) {
                throw failed(new IOException("its file system can't open this name"));
            }
            try {
                root.tree().scan(names, this);
            } catch (InterruptedIOException | ClosedByInterruptException e) {
                throw e;
            } catch (NoSuchFileException | NotDirectoryException e) {
                if (names.isEmpty()) {
                    throw failed(e);
                }
                // Vanished since its parent was read, and its files with it.
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void visit(Path name, ConfinedTree.Attributes attributes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while listing " + root.path());
            }
            String id = directory + root.names().segment(name);
            if (isBehind(id) || excluded.contains(id)) {
                return;
            }
            BasicFileAttributes read;
            try {
                read = attributes.read();
            } catch (NoSuchFileException e) {
                return; // vanished since the directory was read
            }
            if (ConfinedTree.isFile(read)) {
                addFile(id);
            } else if (!ConfinedTree.isDirectory(read)) {
                skipped.add(id, read);
            } else if (options.recursive()) {
                addDirectory(id + '/');
            }
        }

        /** Whether neither a file of this id nor anything below a directory of it is still to be listed. */
        private boolean isBehind(String id) {
            if (after == null || id.length() >= FileIds.MAX_DIRECTORY || Ids.compareUtf8(id, after) > 0) {
                return false;
            }
            String below = id + '/';
            return !options.recursive() || (Ids.compareUtf8(below, after) < 0 && !after.startsWith(below));
        }

        private void addFile(String id) throws IOException {
            Glob glob = options.glob();
            if (glob != null && !glob.matches(FileIds.text(id))) {
                return;
            }
            boolean tooLong = id.length() > Ids.MAX_FILE_ID_LENGTH;
            String listed = tooLong ? FileIds.shortened(level, id) : id;
            if (after == null || Ids.compareUtf8(listed, after) > 0) {
                sorter.add(listed.substring(level.length()) + (tooLong ? detail(id) : ""));
            }
        }

        private static String detail(String id) {
            String path = FileIds.text(id);
            return DETAIL + path.substring(0, Math.min(path.length(), MAX_DETAIL));
        }

        private void addDirectory(String id) throws IOException {
            if (id.length() <= FileIds.MAX_DIRECTORY) {
                sorter.add(id.substring(level.length()));
            } else {
                unread.add(id);
            }
        }

        private BatchEngineException failed(IOException cause) {
            String shown = directory.equals(FileIds.PREFIX)
                    ? "the source directory"
                    : Text.format("the directory %s in", Text.quote(FileIds.text(directory)));
            return BatchEngineException.of(
                    ErrorCode.LISTING_FAILED,
                    Text.format(
                            "%s %s can't be read (%s); check its permissions, or exclude it",
                            shown, Text.quote(root.path().toString()), Text.describe(cause)),
                    cause);
        }
    }

    /**
     * A directory on the way from the root to where the walk is.
     *
     * @param id its id, with a slash, or the prefix of ids for the root
     * @param keys what is still to come of it: relative ids of files and, with a slash, of directories
     * @param inMemory how many keys are held in memory
     */
    private record Level(String id, Cursor keys, int inMemory) {}
}
