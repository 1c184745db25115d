package io.batchengine.bundled;

import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.nio.file.Path;

/** Prints the ids of a directory's files, each found again and read in the locale of a process of its own. */
final class ListInLocale {
    private ListInLocale() {}

    public static void main(String[] args) throws Exception {
        NioSourceDirectory source = Sources.of(Path.of(args[0])).recursive(true).glob("**");
        for (SourceFile file : Sources.files(source)) {
            SourceFile found = Sources.find(source, file.id()).orElseThrow();
            if (!file.id().endsWith(Sources.content(found)) || !found.name().equals(FileIds.text(file.id()))) {
                throw new AssertionError(Text.quote(file.id()));
            }
            System.out.println(file.id());
        }
    }
}
