package io.batchengine.documents;

/** How much of a document's form is kept. */
public enum ParseMode {
    /** Headings, lists, tables, links and emphasis, as Markdown. */
    LAYOUT,
    /** The words alone: a paragraph, a list item or a table row a line. Faster. */
    TEXT
}
