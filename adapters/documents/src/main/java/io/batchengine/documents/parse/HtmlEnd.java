package io.batchengine.documents.parse;

import java.util.Optional;
import java.util.Set;

/**
 * Tells what is still open where an HTML page ends: a title or a script that is not closed takes the rest of the page for its own text, an
 * attribute without its second quote takes it for its value, and a page that was cut off has no end of its own.
 */
final class HtmlEnd {
    /** Elements whose content is no elements. */
    private static final Set<String> RAW =
            Set.of("title", "textarea", "script", "style", "xmp", "iframe", "noembed", "noframes");

    private static final Set<String> PAGE = Set.of("html", "head", "body");
    private static final int LONGEST_NAME = 20;
    private static final int ESCAPE = 0x1b;
    private static final String COMMENT = "!--";

    private enum State {
        TEXT,
        /** Right after a {@code <}, and within a name. */
        NAME,
        TAG,
        QUOTE,
        COMMENT,
        RAW
    }

    private final StringBuilder name = new StringBuilder();
    private State state = State.TEXT;
    /** The element whose content is raw. */
    private String raw = "";

    private int quote;
    private int dashes;
    /** The last letter of the tag that is no blank. */
    private int before;

    private boolean begun;
    private boolean ended;
    private boolean unknown;
    private final ZeroRun zeros = new ZeroRun();

    /** The next byte. */
    void next(int c) {
        if (!ended) {
            zeros.next(c);
        }
        unknown |= c == 0 || c == ESCAPE; // of a charset in which a letter may hold the byte of a sign
        switch (state) {
            case TEXT, RAW -> {
                if (c == '<') {
                    name.setLength(0);
                    state = State.NAME;
                }
            }
            case NAME -> name(c);
            case TAG -> tag(c);
            case QUOTE -> state = c == quote ? State.TAG : State.QUOTE;
            case COMMENT -> comment(c);
        }
    }

    private void name(int c) {
        boolean first = name.isEmpty();
        boolean part = (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (first ? c == '/' || c == '!' || c == '?' : c == '-' || (c >= '0' && c <= '9'));
        if (part && name.length() < LONGEST_NAME) {
            name.append((char) Character.toLowerCase(c));
            if (raw.isEmpty() && COMMENT.contentEquals(name)) {
                state = State.COMMENT;
                dashes = 2; // so that <!--> ends at once
            }
            return;
        }
        if (first || (!raw.isEmpty() && !name.toString().equals('/' + raw))) {
            state = raw.isEmpty() ? State.TEXT : State.RAW;
            if (c == '<') {
                next(c);
            }
            return;
        }
        state = State.TAG;
        before = 0;
        tag(c);
    }

    private void tag(int c) {
        if (c == '>') {
            endOfTag();
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
            state = State.QUOTE;
            before = c;
        } else if (c > ' ') {
            before = c;
        }
    }

    private void endOfTag() {
        String tag = name.toString();
        raw = RAW.contains(tag) && before != '/' ? tag : "";
        state = raw.isEmpty() ? State.TEXT : State.RAW;
        begun |= PAGE.contains(tag);
        ended |= tag.equals("/html") || tag.equals("/body");
    }

    private void comment(int c) {
        if (c == '>' && dashes >= 2) {
            state = State.TEXT;
        } else if (c == '-') {
            dashes++;
        } else if (c != '!' || dashes < 2) {
            dashes = 0;
        }
    }

    /** What is not closed, such as {@code <title>}. */
    Optional<String> open() {
        if (unknown || state == State.TEXT || (state == State.NAME && name.isEmpty() && raw.isEmpty())) {
            return Optional.empty();
        }
        String element = raw.isEmpty() ? name.toString() : raw;
        return Optional.of(state == State.COMMENT ? '<' + COMMENT : '<' + element + '>');
    }

    /** Whether zero bytes stand before the end of the page: what a file has after it is no text. */
    boolean hasZeros() {
        return zeros.isFound();
    }

    /** Whether it begins as a whole page does and does not end so. Many pages do that, but hardly a blank one. */
    boolean hasNoEnd() {
        return !unknown && begun && !ended;
    }
}
