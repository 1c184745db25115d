package io.batchengine.jdbc.kill;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.FileOutcome;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a child process says, a line each. What it acknowledges it says only once that is durable. */
sealed interface LedgerLine {
    /** The line without its end: a letter and its values. */
    String text();

    /** A line about one batch. */
    sealed interface OfBatch extends LedgerLine {
        /** Its number in the workload. */
        int batch();

        String id();
    }

    /** The store is about to be opened. */
    record Opening() implements LedgerLine {
        @Override
        public String text() {
            return "O";
        }
    }

    /** The engine runs. */
    record Ready() implements LedgerLine {
        @Override
        public String text() {
            return "K";
        }
    }

    /** A batch was created, now or before. */
    record Created(int batch, String id) implements OfBatch {
        @Override
        public String text() {
            return join("C", batch, id);
        }
    }

    /** The body of a job has begun. */
    record Started(int batch, String id, long ordinal, int attempt, long epoch) implements OfBatch {
        @Override
        public String text() {
            return join("J", batch, id, ordinal, attempt, epoch);
        }
    }

    /** A file is settled; the epoch is that in which its job was made. */
    record Settled(int batch, String id, long ordinal, String fileId, FileOutcome outcome, int attempts, long epoch)
            implements OfBatch {
        @Override
        public String text() {
            return join("S", batch, id, ordinal, fileId, outcome, attempts, epoch);
        }
    }

    /** A batch has another status. */
    record Moved(int batch, String id, BatchStatus status, String at) implements OfBatch {
        @Override
        public String text() {
            return join("T", batch, id, status, at);
        }
    }

    /** A batch has these counters. */
    record Counted(int batch, String id, FileCounts counts) implements OfBatch {
        @Override
        public String text() {
            return join(
                    "P",
                    batch,
                    id,
                    counts.listed(),
                    counts.duplicates(),
                    counts.mappingErrors(),
                    counts.succeeded(),
                    counts.failed(),
                    counts.cancelled());
        }
    }

    /** A batch's cancel request is recorded. */
    record CancelAsked(int batch, String id) implements OfBatch {
        @Override
        public String text() {
            return join("X", batch, id);
        }
    }

    /** The engine's health has changed. */
    record Health(String status, long refused, String problems) implements LedgerLine {
        @Override
        public String text() {
            return join("H", status, refused, problems);
        }
    }

    /** The store has answered a write. */
    record Answered(String write) implements LedgerLine {
        @Override
        public String text() {
            return join("A", write);
        }
    }

    /** A copy of the store is about to be made. */
    record BackingUp(String copy) implements LedgerLine {
        @Override
        public String text() {
            return join("U", copy);
        }
    }

    /** A copy of the store is made. */
    record BackedUp(String copy) implements LedgerLine {
        @Override
        public String text() {
            return join("V", copy);
        }
    }

    /** All batches have ended. */
    record Done() implements LedgerLine {
        @Override
        public String text() {
            return "D";
        }
    }

    /** Engine and store are closed. */
    record Closed() implements LedgerLine {
        @Override
        public String text() {
            return "E";
        }
    }

    static LedgerLine parse(String text) {
        List<String> values = Arrays.stream(text.split(" ", -1))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .toList();
        return switch (text.charAt(0)) {
            case 'O' -> new Opening();
            case 'K' -> new Ready();
            case 'D' -> new Done();
            case 'E' -> new Closed();
            case 'A' -> new Answered(values.get(1));
            case 'U' -> new BackingUp(values.get(1));
            case 'V' -> new BackedUp(values.get(1));
            case 'H' -> new Health(values.get(1), Long.parseLong(values.get(2)), values.get(3));
            default -> ofBatch(values, Integer.parseInt(values.get(1)), values.get(2));
        };
    }

    private static LedgerLine ofBatch(List<String> values, int batch, String id) {
        return switch (values.get(0)) {
            case "C" -> new Created(batch, id);
            case "X" -> new CancelAsked(batch, id);
            case "J" -> new Started(batch, id, number(values, 3), (int) number(values, 4), number(values, 5));
            case "T" -> new Moved(batch, id, BatchStatus.valueOf(values.get(3)), values.get(4));
            case "P" ->
                new Counted(
                        batch,
                        id,
                        FileCounts.builder()
                                .listed(number(values, 3))
                                .duplicates(number(values, 4))
                                .mappingErrors(number(values, 5))
                                .succeeded(number(values, 6))
                                .failed(number(values, 7))
                                .cancelled(number(values, 8))
                                .build());
            case "S" ->
                new Settled(
                        batch,
                        id,
                        number(values, 3),
                        values.get(4),
                        FileOutcome.valueOf(values.get(5)),
                        (int) number(values, 6),
                        number(values, 7));
            default -> throw new IllegalArgumentException("no line begins with " + values.get(0));
        };
    }

    private static long number(List<String> values, int at) {
        return Long.parseLong(values.get(at));
    }

    private static String join(Object... values) {
        return Arrays.stream(values)
                .map(value -> URLEncoder.encode(value.toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }
}
