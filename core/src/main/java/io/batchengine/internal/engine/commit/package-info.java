/**
 * Writes what batches have to write: many files of many batches in one call of the store.
 */
@NullMarked
package io.batchengine.internal.engine.commit;

import org.jspecify.annotations.NullMarked;
