/**
 * What every part of an engine needs and what knows no other part: the serial executor, time and chance, tasks that block, the guard around
 * the store, and what health tells.
 */
@NullMarked
package io.batchengine.internal.engine.base;

import org.jspecify.annotations.NullMarked;
