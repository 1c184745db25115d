package io.batchengine.model;

import org.apiguardian.api.API;

/**
 * The type of a job. Open: a job factory registers the types that it serves. A record: it is a name, and can't grow.
 *
 * @param name lower-case letters, digits and underscores, beginning with a letter, up to 64 characters
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record JobType(String name) {
    /** Parses a document. */
    public static final JobType PARSE_V2 = new JobType("parse_v2");
    /** Extracts structured data from a document. */
    public static final JobType EXTRACT_V2 = new JobType("extract_v2");

    /**
     * Checks the name.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is not of the form above
     */
    public JobType {
        if (!isValid(name)) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    Text.format("job type %s is not of the form [a-z][a-z0-9_]{0,63}", Text.quote(name)));
        }
    }

    /**
     * The job type of a name.
     *
     * @param name the name
     * @return the type
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the name is not of the form above
     */
    public static JobType of(String name) {
        return new JobType(name);
    }

    private static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > 64 || name.charAt(0) < 'a' || name.charAt(0) > 'z') {
            return false;
        }
        return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }

    @Override
    public String toString() {
        return name;
    }
}
