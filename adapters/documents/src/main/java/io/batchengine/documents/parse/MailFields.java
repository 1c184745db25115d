package io.batchengine.documents.parse;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.FieldParser;
import org.apache.james.mime4j.dom.field.ParsedField;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.stream.Field;

/** Counts the header lines of all parts of a mail: the parser bounds those of each part, and holds all of them. */
final class MailFields implements FieldParser<ParsedField> {
    /** Each takes some hundred bytes beside its text. */
    private static final int MAX_FIELDS = 100_000;

    private final FieldParser<ParsedField> parser = LenientFieldParser.getParser();
    private final ReadingGuard guard;
    private int fields;

    MailFields(ReadingGuard guard) {
        this.guard = guard;
    }

    @Override
    public ParsedField parse(Field field, DecodeMonitor monitor) {
        if (++fields > MAX_FIELDS) {
            throw guard.fail(Text.format("the mail has more than %,d header lines", MAX_FIELDS));
        }
        guard.buffered(field.getRaw() == null ? 0 : field.getRaw().length());
        return parser.parse(field, monitor);
    }
}
