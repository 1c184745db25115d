package io.batchengine.bundled;

import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Optional;

/**
 * A file that was listed and that no job can have.
 *
 * @param id its own, or a shortened one
 * @param name its relative path, or the begin of it
 * @param fault half a sentence that follows the name
 */
record UnreadableFile(String id, String name, String fault) implements SourceFile {
    static final String TOO_LONG = Text.format(
            "takes more than %d characters as an id; shorten the names of its directories", Ids.MAX_FILE_ID_LENGTH);
    static final String NO_PATH = "has a name that its own file system can't open again; rename it";

    @Override
    public InputStream open() throws IOException {
        throw new FileSystemException(Text.printable(name), null, fault);
    }

    @Override
    public Optional<String> unreadable() {
        return Optional.of("the path " + Text.quote(name) + " " + fault);
    }
}
