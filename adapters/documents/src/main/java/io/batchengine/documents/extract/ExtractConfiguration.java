package io.batchengine.documents.extract;

import org.apiguardian.api.API;

/**
 * What is to be extracted, and how.
 *
 * @param schema the JSON text of a JSON Schema (2020-12) of an object, already checked
 * @param rules the JSON text of an object that says how to fill it; <code>{}</code> where the configuration has none
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ExtractConfiguration(String schema, String rules) {}
