package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import org.junit.jupiter.api.Test;

class JobFactoriesTest {
    @Test
    void a_factory_refuses_types_that_it_does_not_serve() {
        var factory = JobFactories.blocking("mine_v1", "mne-", context -> Outcome.succeeded());
        assertThatExceptionOfType(BatchEngineException.class)
                .isThrownBy(
                        () -> factory.resolve(ResolveRequest.of(Scope.ofProject("prj-1"), JobType.PARSE_V2, "cfg-any")))
                .withMessage("this factory serves job type mine_v1, not parse_v2")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_JOB_TYPE));
    }
}
