package io.batchengine.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of names. */
final class Digests {
    private Digests() {}

    /** The key of PostgreSQL's advisory lock of a name. */
    static long lockKey(String name) {
        return ByteBuffer.wrap(sha256("batch-engine " + name)).getLong();
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
