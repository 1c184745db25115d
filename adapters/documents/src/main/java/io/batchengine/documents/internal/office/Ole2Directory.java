package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names in the directory of an OLE2 file. Of a damaged one, those that can be read. */
final class Ole2Directory {
    private static final int HEADER = 512;
    private static final int FIRST_TABLES = 109;
    private static final int ENTRY = 128;
    private static final int MAX_SECTORS = 1_000;

    private final FileChannel file;
    private final ByteBuffer header;
    private final int sectorSize;

    private Ole2Directory(FileChannel file) throws IOException {
        this.file = file;
        this.header = read(0, HEADER);
        int shift = header.getShort(30);
        this.sectorSize = shift == 12 ? 1 << 12 : 1 << 9;
    }

    static Set<String> names(Spool document, ReadingGuard guard) throws IOException {
        try (FileChannel file = FileChannel.open(document.file())) {
            Set<String> names = new LinkedHashSet<>();
            if (file.size() >= HEADER) {
                new Ole2Directory(file).collect(names, guard);
            }
            return names;
        }
    }

    private void collect(Set<String> names, ReadingGuard guard) throws IOException {
        int sector = header.getInt(48);
        for (int i = 0; i < MAX_SECTORS && sector >= 0; i++) {
            guard.checkNow();
            ByteBuffer entries = read(place(sector), sectorSize);
            for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
                int bytes = entries.getShort(at + 64) - 2; // the length counts the zero at the end
                if (bytes > 0 && bytes <= 62 && entries.get(at + 66) != 0) {
                    byte[] name = new byte[bytes];
                    entries.get(at, name);
                    names.add(new String(name, StandardCharsets.UTF_16LE));
                }
            }
            sector = next(sector);
        }
    }

    /** The sector that follows in the chain, or a negative number. */
    private int next(int sector) throws IOException {
        int perTable = sectorSize / Integer.BYTES;
        int table = sector / perTable;
        if (table >= FIRST_TABLES) {
            return -1;
        }
        int tableSector = header.getInt(76 + Integer.BYTES * table);
        if (tableSector < 0) {
            return -1;
        }
        ByteBuffer next = read(place(tableSector) + (long) Integer.BYTES * (sector % perTable), Integer.BYTES);
        return next.limit() < Integer.BYTES ? -1 : next.getInt(0);
    }

    private long place(int sector) {
        return (sector + 1L) * sectorSize;
    }

    /** The bytes at a place; fewer at the end of the file, none beyond it. */
    private ByteBuffer read(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
            // until it is full
        }
        return bytes.flip();
    }
}
