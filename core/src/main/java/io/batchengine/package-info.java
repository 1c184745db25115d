/**
 * What an embedding service uses: {@link io.batchengine.BatchEngine} owns threads and lifecycle, {@link io.batchengine.Batches}
 * has the calls on batches. Start with {@link io.batchengine.BatchEngine#builder()}.
 */
@NullMarked
package io.batchengine;

import org.jspecify.annotations.NullMarked;
