package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.model.Text;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The ZIP file of a Word, Excel or PowerPoint document: its parts, and the relationships between them. */
final class OfficePackage implements AutoCloseable {
    private static final int MAX_PARTS = 20_000;
    private static final int SHORT_TEXT = 200;
    private static final List<String> USUAL_MAIN_PARTS =
            List.of("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml");

    private final ZipFile zip;
    private final Map<String, ZipEntry> parts = new HashMap<>();
    private final ReadingGuard guard;

    /** A reference to another part, or to something outside the document. */
    record Relationship(String type, String target, boolean external) {
        boolean is(String kind) {
            return type.endsWith('/' + kind);
        }

        String kind() {
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    OfficePackage(Spool document, ReadingGuard guard) throws IOException {
        ZipDirectory.check(document, guard);
        this.zip = new ZipFile(document.file().toFile());
        this.guard = guard;
        if (zip.size() > MAX_PARTS) {
            zip.close();
            throw guard.fail(Text.format("the document has more than %,d parts", MAX_PARTS));
        }
        zip.stream()
                .filter(entry -> !entry.isDirectory())
                .forEach(entry -> parts.putIfAbsent(PartNames.key(entry.getName()), entry));
    }

    /** Whether there should be a main part. */
    boolean isOffice() throws IOException {
        return relationships("").values().stream().anyMatch(each -> each.is("officeDocument") && !each.external)
                || !typedAsMain().isEmpty();
    }

    /**
     * The document's main part, such as {@code word/document.xml}. A relationship leads to it. Where none does, the content types name it, or
     * else it has its usual name.
     */
    Optional<String> mainPart() throws IOException {
        Stream<String> related = relationships("").values().stream()
                .filter(each -> each.is("officeDocument") && !each.external)
                .map(Relationship::target);
        Stream<String> others = Stream.concat(typedAsMain().stream(), USUAL_MAIN_PARTS.stream());
        return Stream.concat(related, others).filter(this::has).findFirst();
    }

    private List<String> typedAsMain() throws IOException {
        return has(ContentTypes.PART) ? ContentTypes.read(this, guard).mainParts() : List.of();
    }

    boolean has(String part) {
        return parts.containsKey(PartNames.key(part));
    }

    /** Whether there is a part in a folder or below, both in lower case, whose name ends so. */
    boolean hasBelow(String folder, String end) {
        return parts.keySet().stream().anyMatch(key -> key.startsWith(folder) && key.endsWith(end));
    }

    /** The first characters of a part that is ASCII text; empty where there is no such part. */
    String beginning(String part) throws IOException {
        ZipEntry entry = parts.get(PartNames.key(part));
        if (entry == null) {
            return "";
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readNBytes(SHORT_TEXT), StandardCharsets.US_ASCII).strip();
        }
    }

    /** A part's XML; its size is watched while it is read. */
    Xml open(String part) throws IOException {
        ZipEntry entry = parts.get(PartNames.key(part));
        if (entry == null) {
            throw new IOException("the part " + part + " is missing");
        }
        return new Xml(new Expanding(zip.getInputStream(entry), entry, guard), guard);
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
                    guard.entry();
                    guard.buffered(target.length());
                    result.put(
                            xml.attribute("Id").orElse(""),
                            new Relationship(
                                    xml.attribute("Type").orElse(""),
                                    external ? target : PartNames.resolve(folder, target),
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

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Counts what comes out, and compares it with the entry's checksum at its end, which the JDK leaves to its caller. */
    private static final class Expanding extends FilterInputStream {
        private final ZipEntry entry;
        private final ReadingGuard guard;
        private final CRC32 sum = new CRC32();
        private long expanded;

        private Expanding(InputStream in, ZipEntry entry, ReadingGuard guard) {
            super(in);
            this.entry = entry;
            this.guard = guard;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            guard.check();
            if (read > 0) {
                sum.update(buffer, offset, read);
                expanded += read;
                guard.expanded(read, expanded, entry.getCompressedSize());
            } else if (read < 0 && entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
                throw new IOException("the part " + entry.getName() + " does not match its checksum");
            }
            return read;
        }
    }
}
