/**
 * What must hold in every run of engines, whatever happens to them, as named checkers. They are told what really happens to the store, the jobs
 * and the processes, keep a {@linkplain io.batchengine.testkit.invariant.History history} of their own, and compare.
 */
@NullMarked
package io.batchengine.testkit.invariant;

import org.jspecify.annotations.NullMarked;
