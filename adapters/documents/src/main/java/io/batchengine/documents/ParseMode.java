package io.batchengine.documents;

import org.apiguardian.api.API;

/**
 * How much of a document's form is kept.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ParseMode {
    /** Headings, lists, tables, links and emphasis, as Markdown. */
    LAYOUT,
    /** The words alone: a paragraph, a list item or a table row a line. Faster. */
    TEXT
}
