package io.batchengine.documents.value;

/** What a text may leave open: each has two ways to be read, of which one holds for a whole column, and mostly for a document. */
public enum Notation {
    /** Whether a point or a comma stands before the decimals. */
    NUMBER("decimal", "a decimal point", "a decimal comma"),
    /** Whether the day or the month comes first. */
    DATE("date_order", "the day first", "the month first");

    private final String option;
    private final String first;
    private final String second;

    Notation(String option, String first, String second) {
        this.option = option;
        this.first = first;
        this.second = second;
    }

    /**
     * The option of a rule that decides where the document does not.
     *
     * @return its name
     */
    public String option() {
        return option;
    }

    /**
     * What a way is called.
     *
     * @param way 0 or 1
     * @return what follows "with"
     */
    public String way(int way) {
        return way == 0 ? first : second;
    }
}
