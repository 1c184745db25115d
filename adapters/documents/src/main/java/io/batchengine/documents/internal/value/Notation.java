package io.batchengine.documents.internal.value;

/** What a text may leave open: each has two ways to be read or more, of which one holds for a whole column, and mostly for a document. */
public enum Notation {
    /** Whether a point or a comma stands before the decimals. */
    NUMBER("decimal", "a decimal point", "a decimal comma", ""),
    /** Whether the day, the month or a year of two digits comes first. */
    DATE("date_order", "the day first", "the month first", "the year first");

    private final String option;
    private final String first;
    private final String second;
    private final String third;

    Notation(String option, String first, String second, String third) {
        this.option = option;
        this.first = first;
        this.second = second;
        this.third = third;
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
     * How many ways there are.
     *
     * @return 2 or more
     */
    public int ways() {
        return third.isEmpty() ? 2 : 3;
    }

    /**
     * What a way is called.
     *
     * @param way 0 or more, below {@link #ways}
     * @return what follows "with"
     */
    public String way(int way) {
        return way == 0 ? first : way == 1 ? second : third;
    }
}
