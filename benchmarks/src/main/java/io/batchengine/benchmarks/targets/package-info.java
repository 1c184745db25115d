/** The targets for speed, measured side by side in one run. */
@NullMarked
package io.batchengine.benchmarks.targets;

import org.jspecify.annotations.NullMarked;
