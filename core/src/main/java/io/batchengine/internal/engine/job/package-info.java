/**
 * A turn of a worker, the attempts in it, and the guard around the code of the user. Knows its batch as {@code JobHost} only.
 */
@NullMarked
package io.batchengine.internal.engine.job;

import org.jspecify.annotations.NullMarked;
