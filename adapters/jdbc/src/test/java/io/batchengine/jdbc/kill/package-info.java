/**
 * Kills real processes, stops them, fills their disk and fails their syncs, and looks whether anything is lost. {@link
 * io.batchengine.jdbc.kill.KillHarness} is a program for thousands of kills; {@code KillTest} runs twenty with every build.
 */
@NullMarked
package io.batchengine.jdbc.kill;

import org.jspecify.annotations.NullMarked;
