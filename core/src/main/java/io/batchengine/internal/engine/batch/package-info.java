/**
 * One batch that this engine owns, from its claim to its end: its listing, its work, its retries, its status, and what it has to write.
 */
@NullMarked
package io.batchengine.internal.engine.batch;

import org.jspecify.annotations.NullMarked;
