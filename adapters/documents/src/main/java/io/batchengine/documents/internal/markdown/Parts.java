package io.batchengine.documents.internal.markdown;

import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xml.sax.Attributes;

/** The sheets or slides of a document: tells which of them hold something and no text. */
final class Parts {
    private static final int MOST_NAMES = 20;

    private final Unread unread = new Unread();
    private final List<String> names = new ArrayList<>();
    private String name = "";
    private Unread ofPart = new Unread();
    private boolean hasText;
    private int parts;
    private int unreadParts;

    /** A part begins, of that name; an empty name begins none. */
    void begin(String next) {
        if (!name.isEmpty() && !hasText && !ofPart.isEmpty()) {
            unreadParts++;
            unread.addAll(ofPart);
            if (names.size() < MOST_NAMES) {
                names.add(name);
            }
        }
        parts += next.isEmpty() ? 0 : 1;
        name = next;
        ofPart = new Unread();
        hasText = false;
    }

    void element(String element, Attributes attributes) {
        ofPart.element(element, attributes);
    }

    void text() {
        hasText = true;
    }

    /** What a reader of the result is to be warned of, once the last part has ended. */
    Optional<String> warning() {
        if (unreadParts == 0) {
            return Optional.empty();
        }
        String kind = names.get(0).substring(0, names.get(0).indexOf(' '));
        return Optional.of(Text.format(
                "no text: %d of %d %s %s nothing but %s: %s%s",
                unreadParts,
                parts,
                parts == 1 ? kind : kind + 's',
                unreadParts == 1 ? "holds" : "hold",
                unread.text(),
                String.join(", ", names),
                unreadParts > names.size() ? " and " + (unreadParts - names.size()) + " more" : ""));
    }
}
