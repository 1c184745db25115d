package io.batchengine.documents.parse;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;

/** The text of a CSV file for its parser, which holds a record whole: one of millions of cells is stopped while it is read. */
final class RecordReader extends FilterReader {
    /** More than the columns of any table, since delimiters within quotes are counted too. */
    private static final int MAX_DELIMITERS = 200_000;

    private final char delimiter;
    private final ReadingGuard guard;
    private int delimiters;

    RecordReader(String text, char delimiter, ReadingGuard guard) {
        super(new StringReader(text));
        this.delimiter = delimiter;
        this.guard = guard;
    }

    /** The records before were given. */
    void startRecord() {
        delimiters = 0;
    }

    @Override
    public int read() throws IOException {
        int c = in.read();
        count(c == delimiter ? 1 : 0);
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        int found = 0;
        for (int i = offset; i < offset + read; i++) {
            found += buffer[i] == delimiter ? 1 : 0;
        }
        count(found);
        return read;
    }

    private void count(int found) {
        guard.check();
        delimiters += found;
        if (delimiters > MAX_DELIMITERS) {
            throw guard.fail(Text.format("a record of the CSV document has more than %,d cells", MAX_DELIMITERS));
        }
    }
}
