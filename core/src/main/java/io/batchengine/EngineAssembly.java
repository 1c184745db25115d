package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.limits.Limits;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.SourceDirectory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a builder has gathered, and how an engine is made of it. */
final class EngineAssembly {
    final Plugins plugins = new Plugins();
    final Threads threads = new Threads();
    final List<BatchListener> listeners = new ArrayList<>();
    Tuning tuning = Tuning.DEFAULT;
    Supplier<Limits> limits = () -> Limits.DEFAULT;
    EngineParts.@Nullable SuppliedLimits suppliedLimits;
    EngineSettings settings = EngineSettings.DEFAULT;
    EngineEnvironment environment = EngineEnvironment.SYSTEM;

    BatchEngine build() {
        SourceDirectory directory = plugins.sourceDirectory();
        JobTypes jobTypes = plugins.jobTypes();
        settings.requireServed(jobTypes.types());
        Limits first = firstLimits();
        EngineParts parts = new EngineParts(
                directory,
                jobTypes,
                plugins.store(environment.ticker),
                first,
                suppliedLimits,
                List.copyOf(listeners),
                threads.start(environment.timer),
                environment.clock,
                environment.ticker,
                random());
        return new BatchEngine(Engine.start(parts, tuning.withStepsPerTask(environment.stepsPerTask)), settings);
    }

    /** Of java.base: the default generator of the JDK needs the module jdk.random, which small runtime images lack. */
    private RandomGenerator random() {
        RandomGenerator given = environment.random;
        return given != null ? given : new SplittableRandom(new SecureRandom().nextLong());
    }

    private Limits firstLimits() {
        try {
            return Objects.requireNonNull(limits.get(), "it answered null");
        } catch (RuntimeException failure) {
            throw BatchEngineException.of(
                    ErrorCode.PLUGIN_FAILED, "the supplier of limits failed: " + Text.describe(failure), failure);
        }
    }
}
