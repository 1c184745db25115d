package io.batchengine.documents.parse;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.Event;

/** Hears from the parser of a mail that the end of a part is missing, which the parser passes over. */
final class MailEnd extends DecodeMonitor {
    private static final String ENCODED = "Unexpected end of";

    private boolean missing;

    @Override
    public boolean warn(String error, String dropped) {
        missing |= error.contains(Event.MIME_BODY_PREMATURE_END.toString()) || error.contains(ENCODED);
        return false;
    }

    @Override
    public boolean isListening() {
        return true;
    }

    boolean isMissing() {
        return missing;
    }
}
