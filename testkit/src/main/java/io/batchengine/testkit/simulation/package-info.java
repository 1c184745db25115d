/**
 * Runs real engines in simulated time, with faults drawn from a seed, and checks after each run that what must hold has held.
 *
 * @see io.batchengine.testkit.simulation.Simulation
 */
@NullMarked
package io.batchengine.testkit.simulation;

import org.jspecify.annotations.NullMarked;
