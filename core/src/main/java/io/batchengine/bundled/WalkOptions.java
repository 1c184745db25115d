package io.batchengine.bundled;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listing takes up, and with how much memory.
 *
 * @param glob which paths are listed, or null for all
 * @param recursive whether directories below the root are listed
 * @param excluded files and directories that are not listed
 * @param buffer for sorting
 */
record WalkOptions(@Nullable Glob glob, boolean recursive, List<Path> excluded, SortBuffer buffer) {
    static final WalkOptions DEFAULT = new WalkOptions(null, false, List.of(), SortBuffer.DEFAULT);

    WalkOptions {
        excluded = List.copyOf(excluded);
    }
}
