package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a ZIP or OLE2 file turned out to be: a kind that is read, or another one.
 *
 * @param office the kind that is read, or null
 * @param other the kind that is not read, or null
 */
public record Container(
        @Nullable OfficeKind office, @Nullable OtherKind other) {
    private static final byte[] OLE2 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

    /** Whether the bytes begin as a ZIP file's do. */
    public static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && isMark(head[2]) && head[3] == head[2] + 1;
    }

    private static boolean isMark(byte first) {
        return first == 1 || first == 3 || first == 5 || first == 7;
    }

    /** Whether the bytes begin as an OLE2 file's do: old Office files, Outlook messages, encrypted documents. */
    public static boolean isOle2(byte[] head) {
        for (int i = 0; i < OLE2.length; i++) {
            if (head.length <= i || head[i] != OLE2[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks into a ZIP file.
     *
     * @param document its bytes
     * @param guard watches
     * @return what it is
     * @throws IOException if it is damaged
     */
    public static Container ofZip(Spool document, ReadingGuard guard) throws IOException {
        try (OfficePackage zip = new OfficePackage(document, guard)) {
            Optional<OfficeKind> kind = OfficeKind.of(zip, guard);
            return kind.isPresent() ? new Container(kind.get(), null) : new Container(null, OtherKind.of(zip, guard));
        }
    }

    /**
     * Looks into an OLE2 file.
     *
     * @param document its bytes
     * @param guard watches
     * @return what it is
     * @throws IOException if it can't be read
     */
    public static OtherKind ofOle2(Spool document, ReadingGuard guard) throws IOException {
        return OtherKind.of(Ole2Directory.names(document, guard));
    }
}
