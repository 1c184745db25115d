/**
 * Decorators around plug-ins. The {@code Checked} ones hold the engine to what the plug-in interfaces promise of its calls; {@link
 * io.batchengine.testkit.fault.Faults} makes calls fail, block or take long, as a test decides. Usable without any test framework.
 */
@NullMarked
package io.batchengine.testkit.fault;

import org.jspecify.annotations.NullMarked;
