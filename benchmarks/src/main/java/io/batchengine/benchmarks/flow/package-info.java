/** What limits, rates, shares and back-pressure do, measured in simulated and in real time. */
@NullMarked
package io.batchengine.benchmarks.flow;

import org.jspecify.annotations.NullMarked;
