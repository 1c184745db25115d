package io.batchengine.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes one output in a process of its own, and prints its name in UTF-8. */
public final class WriteOutput {
    private WriteOutput() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws IOException {
        Path path = OutputFolder.at(Path.of(arguments[0])).write("gr\u00f6\u00dfe.txt", ".md", "text");
        String name = System.getProperty("sun.jnu.encoding") + " " + path.getFileName();
        System.out.write(name.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
