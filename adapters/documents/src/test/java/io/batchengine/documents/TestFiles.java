package io.batchengine.documents;

import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Source files in memory. */
public final class TestFiles {
    private TestFiles() {}

    /** A file of a name and bytes. */
    public static SourceFile of(String name, byte[] content) {
        return of("id-" + name, name, content);
    }

    /** A file of a name and a text in UTF-8. */
    public static SourceFile of(String name, String content) {
        return of(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file of an id, a name and bytes. */
    public static SourceFile of(String id, String name, byte[] content) {
        return new SourceFile() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
    }

    /** A file that can't be opened. */
    public static SourceFile broken(String name, String message) {
        return new SourceFile() {
            @Override
            public String id() {
                return name;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException(message);
            }
        };
    }

    /** A ZIP file of these texts. */
    public static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
