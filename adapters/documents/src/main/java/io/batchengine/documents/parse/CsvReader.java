package io.batchengine.documents.parse;

import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.tika.metadata.Metadata;

/** Reads CSV and TSV files as one table. The delimiter is the one that parts the first lines most evenly. */
final class CsvReader implements DocumentReader {
    private static final String DELIMITERS = ",;\t|";
    private static final int LINES_LOOKED_AT = 20;

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        String text = TextContent.read(document, metadata, guard);
        char delimiter = delimiter(text);
        metadata.set("csv:delimiter", delimiter == '\t' ? "tab" : String.valueOf(delimiter));
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreSurroundingSpaces(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get();
        out.start("table");
        try (RecordReader in = new RecordReader(text, delimiter, guard);
                CSVParser parser = CSVParser.parse(in, format)) {
            for (CSVRecord row : parser) {
                guard.check();
                in.startRecord();
                out.start("tr");
                for (String cell : row) {
                    out.start("td");
                    writeLines(out, cell);
                    out.end("td");
                }
                out.end("tr");
            }
        }
        out.end("table");
    }

    private static void writeLines(Xhtml out, String cell) {
        String[] lines = cell.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                out.lineBreak();
            }
            out.text(lines[i]);
        }
    }

    private static char delimiter(String text) {
        char best = ',';
        long bestScore = 0;
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char candidate = DELIMITERS.charAt(i);
            long score = score(text, candidate);
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best;
    }

    /** How many lines have the most frequent number of this delimiter, and how many it is. */
    private static long score(String text, char delimiter) {
        Map<Integer, Integer> linesByCount = new TreeMap<>();
        boolean quoted = false;
        int count = 0;
        int lines = 0;
        for (int i = 0; i < text.length() && lines < LINES_LOOKED_AT; i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == delimiter && !quoted) {
                count++;
            } else if (c == '\n' && !quoted) {
                linesByCount.merge(count, 1, Integer::sum);
                count = 0;
                lines++;
            }
        }
        linesByCount.merge(count, 1, Integer::sum);
        return linesByCount.entrySet().stream()
                .filter(entry -> entry.getKey() > 0)
                .mapToLong(entry -> entry.getValue() * 1_000L + Math.min(999, entry.getKey()))
                .max()
                .orElse(0);
    }
}
