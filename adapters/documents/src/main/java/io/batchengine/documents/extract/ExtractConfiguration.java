package io.batchengine.documents.extract;

/**
 * What is to be extracted, and how.
 *
 * @param schema the JSON text of a JSON Schema (2020-12) of an object, already checked
 * @param rules the JSON text of an object that says how to fill it; <code>{}</code> where the configuration has none
 */
public record ExtractConfiguration(String schema, String rules) {}
