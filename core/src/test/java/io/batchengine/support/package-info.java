/** Doubles for tests: a directory in memory, and a machine on which time and threads are the test's own. */
@NullMarked
package io.batchengine.support;

import org.jspecify.annotations.NullMarked;
