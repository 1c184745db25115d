package io.batchengine.examples.sample;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes comma-separated values by RFC 4180, or with another separator as spreadsheets do in some languages. */
final class CsvWriter implements DocWriter {
    private final char separator;

    CsvWriter(char separator) {
        this.separator = separator;
    }

    @Override
    public byte[] write(Doc doc) {
        String text = Grid.of(doc).stream().map(this::line).collect(Collectors.joining());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String line(List<SampleCell> row) {
        return row.stream().map(this::field).collect(Collectors.joining(String.valueOf(separator), "", "\r\n"));
    }

    private String field(SampleCell cell) {
        String text = cell.text();
        boolean quoted = text.indexOf(separator) >= 0 || text.contains("\"") || text.contains("\n");
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
