package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.StatusReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on health names the messages that the code has, and every reason of a batch is explained on some page. */
class TroubleshootingPageTest {
    private static final Path GUIDE = Documents.ROOT.resolve("docs/guide");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| ([^|]*`[^|]*) \\|[^|]*\\|[^|]*\\|$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void each_message_on_the_page_is_one_of_the_code() throws IOException {
        String page = Files.readString(GUIDE.resolve("health-and-troubleshooting.md"));
        int from = page.indexOf("## What a problem means");
        String table = page.substring(from, page.indexOf("\n## ", from + 1));
        List<String> pieces = FIRST_CELL
                .matcher(table)
                .results()
                .flatMap(TroubleshootingPageTest::messages)
                .flatMap(message -> Stream.of(message.split("\\.\\.\\.")))
                .map(String::strip)
                .toList();
        String sources = text("core/src/main/java", ".java") + text("adapters/jdbc/src/main/java", ".java");
        assertThat(pieces)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        piece -> assertThat(sources.contains(piece)).as(piece).isTrue());
    }

    @Test
    void each_reason_of_a_batch_is_explained() throws IOException {
        String guide = text("docs/guide", ".md");
        assertThat(StatusReason.Code.values())
                .allSatisfy(code -> assertThat(guide).contains("`" + code + "`"));
    }

    private static Stream<String> messages(MatchResult row) {
        return QUOTED.matcher(row.group(1)).results().map(message -> message.group(1));
    }

    private static String text(String folder, String ending) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : Documents.files(Documents.ROOT.resolve(folder), ending)) {
            all.append(Files.readString(file)).append('\n');
        }
        return all.toString();
    }
}
