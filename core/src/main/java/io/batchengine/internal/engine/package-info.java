/**
 * One engine as a whole: what the resource calls ask of it, its wiring, and its end. What it is made of stands in the packages below; each
 * knows those that come before it in this list: base, events, commit, job, dispatch, batch, claim.
 */
@NullMarked
package io.batchengine.internal.engine;

import org.jspecify.annotations.NullMarked;
