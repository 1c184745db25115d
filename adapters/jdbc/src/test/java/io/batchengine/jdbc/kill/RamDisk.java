package io.batchengine.jdbc.kill;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own and of a set size, which can be filled up and emptied; needs root. */
final class RamDisk implements AutoCloseable {
    private final Path mount;
    private final Path ballast;

    private RamDisk(Path mount) {
        this.mount = mount;
        this.ballast = mount.resolve("ballast");
    }

    /** Mounts one, or is empty where this machine does not allow that. */
    static Optional<RamDisk> mount(int megabytes) {
        try {
            Path mount = Files.createTempDirectory("kill-disk");
            if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", mount.toString())) {
                return Optional.of(new RamDisk(mount));
            }
            Files.delete(mount);
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path path() {
        return mount;
    }

    /** Takes all room that is left. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (mount.toFile().getUsableSpace() > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Makes room again. */
    void makeRoom() {
        try {
            Files.delete(ballast);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            if (run("umount", mount.toString())) {
                Files.delete(mount);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether a command succeeds. */
    static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }
}
