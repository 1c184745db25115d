package io.batchengine.model;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The rules for ids.
 *
 * <p>Ids given by the user (directory, file, configuration, project) are opaque: compared as they are, never normalised. They
 * are non-empty valid Unicode without NUL, of up to {@value #MAX_LENGTH} characters; directory and file ids of up to
 * {@value #MAX_FILE_ID_LENGTH}.
 *
 * <p>A batch id is a version 7 UUID of 48 time bits and 42 random bits, the other 32 zero; a proposed job id is those 90 bits
 * and the ordinal of its file. So a repeated creation proposes the same job id, and finding a job needs no index.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Ids {
    /** The longest id given by the user, in UTF-16 characters. */
    public static final int MAX_LENGTH = 256;
    /** The longest directory or file id, in UTF-16 characters. */
    public static final int MAX_FILE_ID_LENGTH = 4_096;
    /** The highest ordinal of a file in its batch: 32 bits of its job's id. */
    public static final long MAX_ORDINAL = 0xffff_ffffL;
    /** The prefix of batch ids. */
    public static final String BATCH_PREFIX = "bat-";

    private static final int UUID_LENGTH = 36;

    private Ids() {}

    /**
     * A new batch id.
     *
     * @param epochMillis the time that it carries, in milliseconds since 1970
     * @param random where its 42 random bits come from
     * @return {@code bat-} and the UUID
     */
    public static String newBatchId(long epochMillis, RandomGenerator random) {
        long bits = random.nextLong();
        long high = (epochMillis << 16) | 0x7000L | (bits & 0xfffL);
        long low = 0x8000_0000_0000_0000L | ((bits >>> 12 & 0x3fff_ffffL) << 32);
        return BATCH_PREFIX + new UUID(high, low);
    }

    /**
     * The job id that is proposed for a file.
     *
     * @param prefix the prefix of the job type's ids, such as {@code pjb-}
     * @param batchId the id of the file's batch
     * @param ordinal the file's place in the listing, from 0
     * @return the id: the same for the same arguments
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if {@code batchId} is no batch id
     */
    public static String proposedJobId(String prefix, String batchId, long ordinal) {
        if (!isBatchId(batchId)) {
            throw BatchEngineException.of(ErrorCode.INVALID_ARGUMENT, Text.quote(batchId) + " is not a batch id");
        }
        // The UUID's last eight hex digits are the ordinal; the rest is the batch's own text.
        char[] id = new char[prefix.length() + UUID_LENGTH];
        prefix.getChars(0, prefix.length(), id, 0);
        batchId.getChars(BATCH_PREFIX.length(), batchId.length(), id, prefix.length());
        long rest = ordinal;
        for (int i = id.length - 1; i >= id.length - 8; i--) {
            id[i] = Character.forDigit((int) (rest & 0xf), 16);
            rest >>>= 4;
        }
        return new String(id);
    }

    /**
     * The id of the batch that a proposed job id was made from.
     *
     * @param jobId any job id
     * @return the batch's id, or null where the job id was not made by {@link #proposedJobId}
     */
    public static @Nullable String batchIdOfJob(String jobId) {
        int start = jobId.length() - UUID_LENGTH;
        if (start < 1 || !isUuid(jobId, start)) {
            return null;
        }
        return BATCH_PREFIX + jobId.substring(start, jobId.length() - 8) + "00000000";
    }

    /**
     * The ordinal in a proposed job id.
     *
     * @param jobId an id for which {@link #batchIdOfJob} is not null
     * @return the ordinal, 0 to {@link #MAX_ORDINAL}
     */
    public static long ordinalOfJob(String jobId) {
        return Long.parseLong(jobId.substring(jobId.length() - 8), 16);
    }

    /**
     * Tells whether a text has the form of a batch id.
     *
     * @param id any text
     * @return true for {@code bat-} and a lower-case UUID
     */
    public static boolean isBatchId(String id) {
        return id.length() == BATCH_PREFIX.length() + UUID_LENGTH
                && id.startsWith(BATCH_PREFIX)
                && isUuid(id, BATCH_PREFIX.length());
    }

    /**
     * Returns a valid id as it is, and refuses any other.
     *
     * @param what what the id names, for the message
     * @param id the id
     * @param maxLength {@link #MAX_LENGTH} or {@link #MAX_FILE_ID_LENGTH}
     * @return the id
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it breaks the rules above
     */
    public static String requireValid(String what, @Nullable String id, int maxLength) {
        String fault = fault(id, maxLength);
        if (id == null || fault != null) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("%s %s %s", what, Text.quote(id), fault));
        }
        return id;
    }

    /**
     * What is wrong with an id.
     *
     * @param id the id, or null
     * @param maxLength {@link #MAX_LENGTH} or {@link #MAX_FILE_ID_LENGTH}
     * @return half a sentence that follows the id, or null where nothing is wrong
     */
    public static @Nullable String fault(@Nullable String id, int maxLength) {
        if (id == null) {
            return "is missing";
        }
        if (id.isEmpty()) {
            return "is empty";
        }
        if (id.length() > maxLength) {
            return Text.format("has %d characters; at most %d are allowed", id.length(), maxLength);
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == 0) {
                return "holds a NUL character";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == id.length()
                        || !Character.isLowSurrogate(id.charAt(i + 1))) {
                    return "is not valid Unicode: unpaired surrogate at " + i;
                }
                i++;
            }
        }
        return null;
    }

    /**
     * Compares two ids by their UTF-8 bytes, unsigned: the order in which a source directory lists its files. It differs from
     * {@link String#compareTo} for characters beyond the basic plane.
     *
     * @param left an id
     * @param right an id
     * @return negative, zero or positive, as {@code left} is before, equal to or after {@code right}
     */
    public static int compareUtf8(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // UTF-8 orders as code points do; UTF-16 puts the surrogates before U+E000 to U+FFFF.
                boolean surrogateA = Character.isSurrogate(a);
                boolean surrogateB = Character.isSurrogate(b);
                return surrogateA == surrogateB ? a - b : surrogateA ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }

    private static boolean isUuid(String text, int start) {
        return isHex(text, start, 8)
                && text.charAt(start + 8) == '-'
                && isHex(text, start + 9, 4)
                && text.charAt(start + 13) == '-'
                && isHex(text, start + 14, 4)
                && text.charAt(start + 18) == '-'
                && isHex(text, start + 19, 4)
                && text.charAt(start + 23) == '-'
                && isHex(text, start + 24, 12);
    }

    private static boolean isHex(String text, int start, int length) {
        for (int i = start; i < start + length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
