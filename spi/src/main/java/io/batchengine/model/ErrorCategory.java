package io.batchengine.model;

import org.apiguardian.api.API;

/**
 * Who can do something about an error. Closed: a change would be a new major version.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum ErrorCategory {
    /** The call was wrong; sending it again unchanged will fail again. */
    USER,
    /** Something that the engine needs is missing, full or busy; the same call may succeed later. */
    RESOURCE,
    /** A defect of the engine or of a plug-in. */
    INTERNAL
}
