package io.batchengine.jdbc;

import io.batchengine.spi.SettledFile;

/**
 * How a file ended, with details of its own: no success that shares a row with others.
 *
 * @param number its batch's number
 * @param file the file
 */
record DetailedOutcome(long number, SettledFile file) {}
