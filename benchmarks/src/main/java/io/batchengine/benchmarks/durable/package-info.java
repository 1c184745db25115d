/** What durability costs: the engine on its databases beside bare loops that insert the same rows. */
@NullMarked
package io.batchengine.benchmarks.durable;

import org.jspecify.annotations.NullMarked;
