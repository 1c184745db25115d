package io.batchengine;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.Scope;
import java.time.Duration;
import java.util.function.Predicate;

/** What the resource calls need of the builder's settings. */
record EngineSettings(
        String defaultProject,
        Predicate<Scope> projectFilter,
        BatchOptions defaultOptions,
        int maxExpandedResults,
        Duration closeTimeout) {}
