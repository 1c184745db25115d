package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.Shift;
import org.jspecify.annotations.Nullable;

/** What a group of an RTF document inherits from the one around it, and gives back at its end. */
final class RtfState {
    /** What the text of a group is. */
    enum Destination {
        BODY,
        SKIPPED,
        STYLESHEET,
        FONTS,
        INFO,
        LIST_MARK,
        INSTRUCTION
    }

    Destination destination = Destination.BODY;
    String infoField = "";
    boolean bold;
    boolean italic;
    boolean strike;
    boolean hidden;
    /** Whether text is raised or lowered, see {@link Shift}. */
    String shift = Shift.NONE;

    int font;
    /** How many characters follow a Unicode one for readers that know none. */
    int fallback = 1;

    @Nullable
    RtfField field;

    /** A field that is open: its instruction tells where its result links to. */
    static final class RtfField {
        final StringBuilder instruction = new StringBuilder();
    }

    RtfState inner() {
        RtfState inner = new RtfState();
        inner.destination = destination;
        inner.infoField = infoField;
        inner.font = font;
        inner.fallback = fallback;
        inner.field = field;
        inner.copyLook(this);
        return inner;
    }

    void plain() {
        bold = false;
        italic = false;
        strike = false;
        hidden = false;
        shift = Shift.NONE;
    }

    private void copyLook(RtfState other) {
        bold = other.bold;
        italic = other.italic;
        strike = other.strike;
        hidden = other.hidden;
        shift = other.shift;
    }
}
