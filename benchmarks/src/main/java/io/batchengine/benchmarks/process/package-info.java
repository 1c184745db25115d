/** What is measured runs in processes of its own, one at a time, that obey commands line by line. */
@NullMarked
package io.batchengine.benchmarks.process;

import org.jspecify.annotations.NullMarked;
