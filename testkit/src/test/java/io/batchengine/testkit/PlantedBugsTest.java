package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.spi.store.BatchStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contract on stores with one bug each: a kit that lets one pass is worth nothing. */
class PlantedBugsTest {
    private static volatile @Nullable PlantedBug planted;

    /** Not run by itself: its name is no test's. */
    static class PlantedStore extends BatchStoreContract {
        @Override
        protected BatchStore openStore(LongSupplier ticker) {
            BatchStore sound = new InMemoryBatchStore(ticker);
            PlantedBug bug = planted;
            return bug == null ? new SoundStore(sound) : bug.in(sound);
        }
    }

    @AfterEach
    void takeOut() {
        planted = null;
    }

    @ParameterizedTest
    @EnumSource
    void each_planted_bug_is_caught_by_its_rules_and_most_rules_still_hold(PlantedBug bug) {
        planted = bug;
        List<String> failed = new ArrayList<>();
        List<String> passed = new ArrayList<>();
        run(failed, passed);
        assertThat(failed).containsAll(bug.caughtBy());
        assertThat(passed).hasSizeGreaterThan(failed.size());
    }

    @Test
    void the_unbroken_store_behind_them_passes_every_rule() {
        List<String> failed = new ArrayList<>();
        List<String> passed = new ArrayList<>();
        run(failed, passed);
        assertThat(failed).isEmpty();
        assertThat(passed).hasSizeGreaterThan(200);
    }

    private static void run(List<String> failed, List<String> passed) {
        PostDiscoveryFilter notLarge = test -> FilterResult.includedIf(!isLarge(test));
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(PlantedStore.class))
                                .filters(notLarge)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    String rule = test.getDisplayName().split(" ", 2)[0];
                                    switch (result.getStatus()) {
                                        case SUCCESSFUL -> passed.add(rule);
                                        case FAILED -> failed.add(rule);
                                        case ABORTED -> {} // of a capability that it does not declare
                                    }
                                }
                            }
                        });
    }

    /** The rules of size take half of the time, and none of the bugs is theirs. */
    private static boolean isLarge(TestDescriptor test) {
        return test.getDisplayName().startsWith("S20.");
    }
}
