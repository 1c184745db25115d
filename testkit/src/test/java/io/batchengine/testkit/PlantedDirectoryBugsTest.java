package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.batchengine.testkit.PlantedDirectory.Bug;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Each planted bug breaks at least one rule, and what has none breaks none. */
class PlantedDirectoryBugsTest {
    private static final AtomicReference<Bug> PLANTED = new AtomicReference<>();

    @ParameterizedTest
    @EnumSource(Bug.class)
    void the_contract_meets_a_planted_bug(Bug bug) {
        PLANTED.set(bug);
        try {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(Planted.class))
                                    .build(),
                            listener);
            TestExecutionSummary summary = listener.getSummary();
            assertThat(summary.getTestsStartedCount()).isGreaterThan(50);
            List<String> broken = summary.getFailures().stream()
                    .map(failure -> failure.getTestIdentifier().getDisplayName())
                    .toList();
            assertThat(broken.isEmpty())
                    .as("rules broken by %s: %s", bug, broken)
                    .isEqualTo(bug == Bug.NONE);
        } finally {
            PLANTED.set(null);
        }
    }

    /** Runs only from the test above. */
    static final class OnlyPlanted implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return PLANTED.get() == null
                    ? ConditionEvaluationResult.disabled("no bug is planted")
                    : ConditionEvaluationResult.enabled("a bug is planted");
        }
    }

    @ExtendWith(OnlyPlanted.class)
    static final class Planted extends SourceDirectoryContract {
        @Override
        protected SourceDirectoryFixture directory(List<String> names) {
            Bug bug = PLANTED.get();
            return new PlantedDirectory(bug == null ? Bug.NONE : bug, names);
        }
    }
}
