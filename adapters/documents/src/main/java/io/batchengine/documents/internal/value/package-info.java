/** From a text in a document to a JSON value: dates, amounts, currencies and the like. Not exported. */
@NullMarked
package io.batchengine.documents.internal.value;

import org.jspecify.annotations.NullMarked;
