/**
 * What every reader of a document needs: the guard that bounds what a document may cost, and the document's bytes. Not exported.
 */
@NullMarked
package io.batchengine.documents.internal.reading;

import org.jspecify.annotations.NullMarked;
