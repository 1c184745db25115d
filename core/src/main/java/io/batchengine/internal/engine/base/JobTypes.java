package io.batchengine.internal.engine.base;

import com.google.common.collect.ImmutableMap;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.JobFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which factory serves which job type. */
public final class JobTypes {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1,16}");

    /**
     * A job type as it is served.
     *
     * @param factory who serves it
     * @param prefix the prefix of its job ids
     */
    public record Served(JobFactory factory, String prefix) {}

    private final ImmutableMap<JobType, Served> served;

    private JobTypes(Map<JobType, Served> served) {
        this.served = ImmutableMap.copyOf(served);
    }

    /**
     * Asks each factory for its types.
     *
     * @param factories the factories
     * @return what is served
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if there is none, two serve one type, or a prefix is not of the form
     */
    public static JobTypes of(List<JobFactory> factories) {
        Map<JobType, Served> served = new LinkedHashMap<>();
        for (JobFactory factory : factories) {
            typesOf(factory).forEach((type, prefix) -> {
                Served other = served.putIfAbsent(type, new Served(factory, prefix));
                if (other != null) {
                    throw invalid(Text.format(
                            "job type %s is served by two factories, %s and %s: register one of them",
                            type, name(other.factory()), name(factory)));
                }
            });
        }
        if (served.isEmpty()) {
            throw invalid("no job factory: give the builder at least one");
        }
        return new JobTypes(served);
    }

    /**
     * The types that are served.
     *
     * @return at least one
     */
    public Set<JobType> types() {
        return served.keySet();
    }

    /**
     * Who serves a type.
     *
     * @param type the type
     * @return its factory and prefix
     * @throws BatchEngineException {@link ErrorCode#UNSUPPORTED_JOB_TYPE} if nobody does
     */
    public Served require(JobType type) {
        Served found = served.get(type);
        if (found == null) {
            throw BatchEngineException.of(
                    ErrorCode.UNSUPPORTED_JOB_TYPE,
                    Text.format("no job factory serves job type %s; served are %s", type, served.keySet()));
        }
        return found;
    }

    private static Map<JobType, String> typesOf(JobFactory factory) {
        Map<JobType, String> types;
        try {
            types = Map.copyOf(factory.types());
        } catch (Throwable failure) {
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED,
                    Text.format("%s could not tell its types: %s", name(factory), Text.describe(failure)),
                    failure);
        }
        types.forEach((type, prefix) -> {
            if (!PREFIX.matcher(prefix).matches()) {
                throw invalid(Text.format(
                        "prefix %s that %s declares for %s is not 1 to 16 letters, digits, dashes or underscores",
                        Text.quote(prefix), name(factory), type));
            }
        });
        return types;
    }

    private static String name(JobFactory factory) {
        return factory.getClass().getName();
    }

    private static BatchEngineException invalid(String message) {
        return BatchEngineException.of(ErrorCode.INVALID_ARGUMENT, message);
    }
}
