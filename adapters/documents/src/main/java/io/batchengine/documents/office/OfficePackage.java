package io.batchengine.documents.office;

import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Spool;
import io.batchengine.model.Text;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The ZIP file of a Word, Excel or PowerPoint document: its parts, and the relationships between them. */
final class OfficePackage implements AutoCloseable {
    private static final int MAX_PARTS = 20_000;

    private final ZipFile zip;
    private final Guard guard;

    /** A reference to another part, or to something outside the document. */
    record Relationship(String type, String target, boolean external) {
        boolean is(String kind) {
            return type.endsWith('/' + kind);
        }
    }

    OfficePackage(Spool document, Guard guard) throws IOException {
        this.zip = new ZipFile(document.file().toFile());
        this.guard = guard;
        if (zip.size() > MAX_PARTS) {
            zip.close();
            throw guard.fail(Text.format("the document has more than %,d parts", MAX_PARTS));
        }
    }

    /** The document's main part, such as {@code word/document.xml}. */
    Optional<String> mainPart() throws IOException {
        return relationships("").values().stream()
                .filter(each -> each.is("officeDocument") && !each.external)
                .map(Relationship::target)
                .filter(this::has)
                .findFirst();
    }

    /** The kind of the main part, from the content types: {@code word}, {@code sheet} or {@code presentation}. */
    Optional<String> kind() throws IOException {
        String main = mainPart().orElse("");
        try (Xml xml = open("[Content_Types].xml")) {
            while (xml.next()) {
                if (xml.isStart("Override")
                        && xml.attribute("PartName").orElse("").equals('/' + main)) {
                    return xml.attribute("ContentType").map(OfficePackage::kind);
                }
            }
        }
        return Optional.empty();
    }

    private static String kind(String contentType) {
        if (contentType.contains("wordprocessingml") || contentType.contains("ms-word")) {
            return "word";
        }
        if (contentType.contains("spreadsheetml") || contentType.contains("ms-excel.sheet.macro")) {
            return "sheet";
        }
        return contentType.contains("presentationml") || contentType.contains("ms-powerpoint")
                ? "presentation"
                : contentType;
    }

    boolean has(String part) {
        return zip.getEntry(part) != null;
    }

    /** A part's XML; its size is watched while it is read. */
    Xml open(String part) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw new IOException("the part " + part + " is missing");
        }
        return new Xml(new Expanding(zip.getInputStream(entry), entry.getCompressedSize(), guard), guard);
    }

    /** The relationships of a part, by id. A part without any has none. */
    Map<String, Relationship> relationships(String part) throws IOException {
        int slash = part.lastIndexOf('/');
        String folder = part.substring(0, slash + 1);
        String file = folder + "_rels/" + part.substring(slash + 1) + ".rels";
        Map<String, Relationship> result = new HashMap<>();
        if (!has(file)) {
            return result;
        }
        try (Xml xml = open(file)) {
            while (xml.next()) {
                if (xml.isStart("Relationship")) {
                    boolean external = xml.attribute("TargetMode").orElse("").equals("External");
                    String target = xml.attribute("Target").orElse("");
                    guard.buffered(target.length());
                    result.put(
                            xml.attribute("Id").orElse(""),
                            new Relationship(
                                    xml.attribute("Type").orElse(""),
                                    external ? target : resolve(folder, target),
                                    external));
                }
            }
        }
        return result;
    }

    /** The part that a relationship of this kind leads to. */
    Optional<String> related(Map<String, Relationship> relationships, String kind) {
        return relationships.values().stream()
                .filter(each -> each.is(kind) && !each.external && has(each.target))
                .map(Relationship::target)
                .findFirst();
    }

    private static String resolve(String folder, String target) {
        String path = target.startsWith("/") ? target.substring(1) : folder + target;
        StringBuilder out = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/", Math.max(0, out.length() - 2)) + 1));
            } else if (!segment.equals(".")) {
                out.append(segment).append('/');
            }
        }
        out.setLength(Math.max(0, out.length() - 1));
        return out.toString();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static final class Expanding extends FilterInputStream {
        private final long compressed;
        private final Guard guard;
        private long expanded;

        private Expanding(InputStream in, long compressed, Guard guard) {
            super(in);
            this.compressed = compressed;
            this.guard = guard;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) {
            guard.check();
            expanded += bytes;
            guard.expanded(bytes, expanded, compressed);
        }
    }
}
