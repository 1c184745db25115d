package io.batchengine.documents.internal.reading;

/** A list of texts, without an object for each: a million short cells take little more than their letters. */
public final class Texts {
    private final StringBuilder characters = new StringBuilder();
    private final Ints ends = new Ints();

    /** Adds a text. */
    public void add(String text) {
        characters.append(text);
        ends.add(characters.length());
    }

    /** The text at an index below the size. */
    public String get(int index) {
        return characters.substring(index == 0 ? 0 : ends.get(index - 1), ends.get(index));
    }

    /** How many texts there are. */
    public int size() {
        return ends.size();
    }

    /** How long all of them are together, and one character more for each, since something parts them. */
    public int length() {
        return characters.length() + ends.size();
    }

    /** Removes all. */
    public void clear() {
        characters.setLength(0);
        ends.clear();
    }
}
