package io.batchengine.examples.sample;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Zip files whose bytes do not depend on the time of day. */
final class Zips {
    /** The time of every entry, without a zone as in the zip format itself. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private Zips() {}

    /** The same entries at a fixed time. */
    static byte[] normalize(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return of(entries);
    }

    static byte[] of(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                start(out, entry.getKey());
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The zip with one entry replaced by a text that is repeated, between a head and a tail. */
    static byte[] inflating(byte[] zip, String name, String head, String repeated, int times, String tail)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                start(out, entry.getName());
                if (entry.getName().equals(name)) {
                    out.write(head.getBytes(StandardCharsets.UTF_8));
                    repeat(out, repeated, times);
                    out.write(tail.getBytes(StandardCharsets.UTF_8));
                } else {
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void repeat(OutputStream out, String repeated, int times) throws IOException {
        int atOnce = 1_000;
        byte[] chunk = repeated.repeat(atOnce).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < times; i += atOnce) {
            out.write(chunk);
        }
    }

    private static void start(ZipOutputStream out, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
    }
}
