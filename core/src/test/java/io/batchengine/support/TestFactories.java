package io.batchengine.support;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;

/** Job factories of one line. */
public final class TestFactories {
    /** The type of all their jobs. */
    public static final JobType TYPE = JobType.of("test_v1");

    private TestFactories() {}

    /** What a factory does with a request. */
    @FunctionalInterface
    public interface Create {
        /** Answers, or throws. */
        JobCreation create(JobRequest request) throws Exception;
    }

    /** A factory of {@link #TYPE} with the prefix {@code tst-}. */
    public static JobFactory creating(Create create) {
        return new JobFactory() {
            @Override
            public Map<JobType, String> types() {
                return Map.of(TYPE, "tst-");
            }

            @Override
            public ConfigurationSnapshot resolve(ResolveRequest request) {
                return ConfigurationSnapshot.of(request.configurationId());
            }

            @Override
            public JobCreation create(JobRequest request) throws Exception {
                return create.create(request);
            }
        };
    }
}
