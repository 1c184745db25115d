/** What is compared, behind one small interface: whoever it is runs the same jobs over the same files and keeps the same results. */
@NullMarked
package io.batchengine.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
