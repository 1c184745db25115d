package io.batchengine.model;

/** Who can do something about an error. Closed: a change would be a new major version. */
public enum ErrorCategory {
    /** The call was wrong; sending it again unchanged will fail again. */
    USER,
    /** Something that the engine needs is missing, full or busy; the same call may succeed later. */
    RESOURCE,
    /** A defect of the engine or of a plug-in. */
    INTERNAL
}
