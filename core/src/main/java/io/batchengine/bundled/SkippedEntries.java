package io.batchengine.bundled;

import io.batchengine.model.Text;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is neither a regular file nor a directory, for one line of the log. */
final class SkippedEntries {
    private static final Logger log = LoggerFactory.getLogger(NioSourceDirectory.class);
    private static final int EXAMPLES = 3;

    private final List<String> examples = new ArrayList<>();
    private long links;
    private long others;

    void add(String id, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            links++;
        } else {
            others++;
        }
        if (examples.size() < EXAMPLES) {
            examples.add(Text.quote(FileIds.text(id)));
        }
    }

    /** Writes the line, if there is something to tell; once. */
    void log(Path root) {
        if (links + others > 0) {
            log.info(
                    "{}: no source files: {} symbolic link(s), {} FIFO(s), socket(s) or device(s): {}{}",
                    Text.quote(root.toString()),
                    links,
                    others,
                    String.join(", ", examples),
                    links + others > EXAMPLES ? ", ..." : "");
        }
        links = 0;
        others = 0;
    }
}
