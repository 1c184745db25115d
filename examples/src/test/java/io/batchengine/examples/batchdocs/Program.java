package io.batchengine.examples.batchdocs;

import io.batchengine.json.BatchJson;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.JobType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Runs the program in this virtual machine. */
final class Program {
    private Program() {}

    /** How a run ended. */
    record Run(int code, String out, String err) {
        List<String> outLines() {
            return out.lines().toList();
        }

        List<String> errLines() {
            return err.lines().toList();
        }

        String lastLine() {
            List<String> lines = outLines();
            return lines.get(lines.size() - 1);
        }

        Batch json() {
            return BatchJson.accepting(Set.of(JobType.PARSE_V2, JobType.EXTRACT_V2))
                    .readBatch(out.stripTrailing());
        }

        List<BatchResult> results() {
            return Objects.requireNonNull(json().results());
        }
    }

    /** Ctrl-C that came before all else. */
    static Interruption interrupted() {
        Interruption interruption = new Interruption();
        interruption.request(ExitCode.INTERRUPTED);
        return interruption;
    }

    static Run run(Object... args) {
        return run(new Interruption(), args);
    }

    static Run run(Interruption interruption, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] given = List.of(args).stream()
                .map(arg -> arg instanceof Path path ? path.toString() : String.valueOf(arg))
                .toArray(String[]::new);
        int code = BatchDocs.run(Console.of(out, err, false), interruption, given);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
