package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.office.RtfState.Destination;
import io.batchengine.documents.internal.office.RtfState.RtfField;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Shift;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Metadata;
import org.jspecify.annotations.Nullable;

/** What the control words of an RTF document mean. Groups nest; paragraphs, cells and rows end where their word stands. */
final class RtfBody {
    private static final Set<String> SKIPPED = Set.of(
            "pict",
            "object",
            "colortbl",
            "header",
            "headerl",
            "headerr",
            "headerf",
            "footer",
            "footerl",
            "footerr",
            "footerf",
            "annotation",
            "atnid",
            "atnauthor",
            "xe",
            "tc",
            "themedata",
            "datastore",
            "nonshppict",
            "generator");
    private static final Map<String, String> INFO = Map.of(
            "title", "dc:title",
            "author", "dc:creator",
            "subject", "dc:subject",
            "keywords", "meta:keyword",
            "doccomm", "dc:description",
            "company", "extended-properties:Company");
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("emdash", "\u2014"),
            Map.entry("endash", "\u2013"),
            Map.entry("bullet", "\u2022"),
            Map.entry("lquote", "\u2018"),
            Map.entry("rquote", "\u2019"),
            Map.entry("ldblquote", "\u201c"),
            Map.entry("rdblquote", "\u201d"),
            Map.entry("emspace", " "),
            Map.entry("enspace", " "),
            Map.entry("tab", "\t"));
    private static final Pattern HEADING = Pattern.compile("heading ([1-9])");

    private final Xhtml out;
    private final ReadingGuard guard;
    private final Metadata metadata;
    private final RtfParagraphs paragraphs;
    private final RtfCharsets charsets = new RtfCharsets();
    private final Map<Integer, Integer> headings = new HashMap<>();
    /** What styles for letters do to the height of their text. */
    private final Map<Integer, String> shifts = new HashMap<>();

    private final Deque<RtfState> groups = new ArrayDeque<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder name = new StringBuilder();
    private RtfState state = new RtfState();
    private boolean optional;
    private int style;
    /** The style for letters that is being defined, or -1. */
    private int definedLook = -1;

    private int toSkip;
    private char high;

    RtfBody(Xhtml out, Metadata metadata, ReadingGuard guard) {
        this.out = out;
        this.guard = guard;
        this.metadata = metadata;
        this.paragraphs = new RtfParagraphs(out);
    }

    void startGroup() {
        flushBytes();
        guard.depth(groups.size() + 1);
        groups.push(state);
        state = state.inner();
        toSkip = 0;
        if (state.destination == Destination.STYLESHEET || state.destination == Destination.INFO) {
            name.setLength(0);
            style = 0;
        }
    }

    void endGroup() {
        flushBytes();
        toSkip = 0;
        optional = false;
        if (groups.isEmpty()) {
            return;
        }
        RtfState ended = state;
        state = groups.pop();
        if (ended.destination == Destination.STYLESHEET && state.destination == Destination.STYLESHEET) {
            defineStyle(ended.shift);
        } else if (ended.destination == Destination.INFO && !ended.infoField.isEmpty() && name.length() > 0) {
            metadata.set(ended.infoField, name.toString().strip());
            name.setLength(0);
        }
    }

    /** The group is of a kind that readers that don't know it skip. */
    void optionalDestination() {
        optional = true;
    }

    /** How many groups are open: none at the end of a whole document. */
    int depth() {
        return groups.size();
    }

    void close() {
        flushBytes();
        paragraphs.close();
    }

    /** A byte of text in the charset of the font. */
    void character(int c) {
        if (toSkip > 0) {
            toSkip--;
        } else if (state.destination != Destination.SKIPPED) {
            guard.buffered(1);
            bytes.write(c);
            guard.gathered(bytes.size());
        }
    }

    void word(String word, @Nullable Integer number) {
        flushBytes();
        boolean wasOptional = optional;
        optional = false;
        int value = number == null ? 0 : number;
        boolean on = number == null || number != 0;
        String symbol = SYMBOLS.get(word);
        if (symbol != null) {
            text(symbol);
        } else if (word.equals("u")) {
            unicode(value);
        } else if (!destination(word, wasOptional) && !look(word, number, on)) {
            layout(word, value);
        }
    }

    /** Text that is no bytes. */
    void text(String text) {
        flushBytes();
        if (toSkip > 0) {
            toSkip--;
            return;
        }
        deliver(text);
    }

    private void deliver(String text) {
        switch (state.destination) {
            case BODY -> {
                if (!state.hidden) {
                    paragraphs.text(text, state, link());
                }
            }
            case STYLESHEET, INFO -> name.append(text);
            case LIST_MARK -> paragraphs.listMark(text);
            case INSTRUCTION -> {
                if (state.field != null) {
                    state.field.instruction.append(text);
                }
            }
            case SKIPPED, FONTS -> {
                // Not the document's text.
            }
        }
    }

    private @Nullable String link() {
        return state.field == null ? null : WordFields.target(state.field.instruction.toString());
    }

    private void unicode(int value) {
        char c = (char) value;
        toSkip = 0;
        if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            if (high != 0) {
                deliver(new String(new char[] {high, c}));
            }
            high = 0;
        } else {
            deliver(String.valueOf(c));
        }
        toSkip = state.fallback;
    }

    private boolean destination(String word, boolean wasOptional) {
        if (state.destination == Destination.BODY && (word.equals("pict") || word.equals("shppict"))) {
            out.unread("image");
        } else if (state.destination == Destination.BODY && word.equals("object")) {
            out.unread("embedded object");
        }
        Destination found = switch (word) {
            case "stylesheet" -> Destination.STYLESHEET;
            case "fonttbl" -> Destination.FONTS;
            case "info" -> Destination.INFO;
            case "listtext", "pntext" -> Destination.LIST_MARK;
            case "fldinst" -> Destination.INSTRUCTION;
            case "fldrslt", "shptxt" -> Destination.BODY;
            default -> SKIPPED.contains(word) || wasOptional ? Destination.SKIPPED : null;
        };
        if (state.destination == Destination.INFO && INFO.containsKey(word)) {
            state.infoField = INFO.getOrDefault(word, "");
            return true;
        }
        // Inside what is skipped nothing begins; a style's own words are no destinations.
        if (found == null || state.destination == Destination.SKIPPED || state.destination == Destination.STYLESHEET) {
            if (word.equals("field")) {
                state.field = new RtfField();
                return true;
            }
            return found != null && state.destination == Destination.SKIPPED;
        }
        state.destination = found;
        return true;
    }

    private boolean look(String word, @Nullable Integer number, boolean on) {
        int value = number == null ? 0 : number;
        switch (word) {
            case "b" -> state.bold = on;
            case "i" -> state.italic = on;
            case "strike", "striked" -> state.strike = on;
            case "v" -> state.hidden = on;
            case "super" -> state.shift = on ? Shift.ABOVE : Shift.NONE;
            case "sub" -> state.shift = on ? Shift.BELOW : Shift.NONE;
            case "nosupersub" -> state.shift = Shift.NONE;
            case "up" -> state.shift = Shift.ofHalfPoints(halfPoints(number, ""));
            case "dn" -> state.shift = Shift.ofHalfPoints(halfPoints(number, "-"));
            case "plain" -> state.plain();
            case "f" -> state.font = value;
            case "uc" -> state.fallback = Math.max(0, value);
            case "fcharset" -> {
                guard.entry();
                charsets.font(state.font, value);
            }
            case "ansicpg" -> charsets.codePage(value);
            case "mac" -> charsets.document("x-MacRoman");
            case "pc" -> charsets.document("IBM437");
            case "pca" -> charsets.document("IBM850");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** As Word takes it: the word alone means six. */
    private static String halfPoints(@Nullable Integer number, String sign) {
        return sign + (number == null ? 6 : Math.max(0, number));
    }

    private void layout(String word, int value) {
        if (word.equals("s") && state.destination == Destination.STYLESHEET) {
            style = value;
        }
        if (word.equals("cs")) {
            characterStyle(value);
        }
        if (state.destination != Destination.BODY) {
            return;
        }
        switch (word) {
            case "par", "sect", "page" -> paragraphs.endParagraph();
            case "line" -> paragraphs.lineBreak();
            case "pard" -> paragraphs.reset();
            case "s" -> paragraphs.heading(headings.getOrDefault(value, 0));
            case "outlinelevel" -> paragraphs.heading(WordStyles.outline(value));
            case "ls", "pnlvlblt", "pnlvlbody" -> paragraphs.inList();
            case "ilvl" -> paragraphs.level(value);
            case "trowd" -> paragraphs.startRow();
            case "intbl" -> paragraphs.inTable();
            case "cell", "nestcell" -> paragraphs.endCell();
            case "row" -> paragraphs.endRow();
            default -> {
                // The rest is looks.
            }
        }
    }

    /** A style that is being defined, or one that text has. */
    private void characterStyle(int number) {
        if (state.destination == Destination.STYLESHEET) {
            definedLook = number;
        } else {
            state.shift = shifts.getOrDefault(number, state.shift);
        }
    }

    private void defineStyle(String shift) {
        guard.entry();
        if (definedLook >= 0 && !shift.isEmpty()) {
            shifts.put(definedLook, shift);
        }
        definedLook = -1;
        Matcher matcher =
                HEADING.matcher(name.toString().replace(";", "").strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            headings.put(style, Math.min(6, Integer.parseInt(matcher.group(1))));
        } else if (name.toString().replace(";", "").strip().equalsIgnoreCase("title")) {
            headings.put(style, 1);
        }
        name.setLength(0);
    }

    private void flushBytes() {
        if (bytes.size() > 0) {
            String text = bytes.toString(charsets.of(state.font));
            bytes.reset();
            deliver(text);
        }
    }
}
