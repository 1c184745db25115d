/** Draws what was measured, so that the drawings change only with the measurements: no times, no random ids. */
@NullMarked
package io.batchengine.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
