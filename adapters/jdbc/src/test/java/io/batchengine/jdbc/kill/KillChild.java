package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A child process, as its parent holds it. All that it says goes to the ledger as it comes. */
final class KillChild implements AutoCloseable {
    /** Exit codes. */
    static final int KILLED = 128 + 9;

    static final int KILLED_ITSELF = 77;
    static final int ORPHANED = 78;
    static final int FAILED = 79;

    private final int life;
    private final Ledger ledger;
    private final Process process;
    private final Thread reader;
    private final Path errors;
    private final int[] counts = new int[128]; // lines by their letter
    private LedgerLine.@Nullable Health health;

    private KillChild(int life, Ledger ledger, Process process, Path errors) {
        this.life = life;
        this.ledger = ledger;
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "kill-reader-" + life);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a child.
     *
     * @param life a number that no other child of the run has
     * @param command the virtual machine, as {@link KillChildJvm} has it
     * @param prefix what to put before the command, such as a tracer
     */
    static KillChild start(
            int life, Ledger ledger, List<String> command, ChildOptions options, Path errors, String... prefix) {
        List<String> whole = new ArrayList<>(Arrays.asList(prefix));
        whole.addAll(command);
        whole.addAll(options.arguments());
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            return new KillChild(life, ledger, process, errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            WholeLines lines = new WholeLines(in);
            for (String text = lines.next(); text != null; text = lines.next()) {
                LedgerLine line = LedgerLine.parse(text);
                ledger.accept(life, line);
                synchronized (this) {
                    counts[text.charAt(0)]++;
                    if (line instanceof LedgerLine.Health now) {
                        health = now;
                    }
                    notifyAll();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int life() {
        return life;
    }

    /** How many lines with this letter have come. */
    synchronized int count(char letter) {
        return counts[letter];
    }

    synchronized LedgerLine.@Nullable Health health() {
        return health;
    }

    /** Waits until so many lines with a letter have come; false where the process ended or the time was over before. */
    boolean awaitLines(char letter, int count, Duration timeout) {
        return await(() -> counts[letter] >= count, timeout);
    }

    /** Waits for a health line. */
    boolean awaitHealth(Predicate<LedgerLine.Health> wanted, Duration timeout) {
        return await(() -> health != null && wanted.test(health), timeout);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (!condition.getAsBoolean() && reader.isAlive() && System.nanoTime() < end) {
                wait(5);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
        return condition.getAsBoolean();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it as nothing can be refused; true where it was alive until then. All that it said is in the ledger after this. */
    boolean kill() {
        // By their handles: the process's own method would close the pipe and lose what is in it. A tracer's child
        // comes first.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        return exit(Duration.ofSeconds(30)) == KILLED;
    }

    /** Stops it; false where it has ended by then. */
    boolean stop() {
        try {
            signal("STOP");
        } catch (IllegalStateException failure) {
            if (isAlive()) {
                throw failure;
            }
            return false;
        }
        return awaitStop(Duration.ofSeconds(10));
    }

    /** Waits until it stands still, by a signal. */
    boolean awaitStop(Duration timeout) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
        return await(
                () -> {
                    try {
                        return Files.readString(status).matches("(?s).*\\) T .*");
                    } catch (IOException gone) {
                        return false;
                    }
                },
                timeout);
    }

    void signal(String name) {
        signal(process.pid(), name);
    }

    static void signal(long pid, String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException(Text.format("kill -%s %d: exit code %d", name, pid, exit));
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("can't signal", failure);
        }
    }

    /** Asks it to close, unless it has ended by itself. */
    void askToClose() {
        try {
            process.getOutputStream().write('c');
            process.getOutputStream().flush();
        } catch (IOException gone) {
            // Its exit code tells.
        }
    }

    /** Waits for its end; -1 where it goes on beyond the time. All that it said is in the ledger after this. */
    int exit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return -1;
            }
            reader.join(timeout.toMillis());
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    /** The end of what it and the children before it have said on the standard error, with the stacks of its threads if it lives. */
    String errors() {
        if (process.isAlive()) {
            signal("QUIT");
            exit(Duration.ofSeconds(1));
        }
        try {
            String all = Files.readString(errors);
            return all.substring(Math.max(0, all.length() - 20_000));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
