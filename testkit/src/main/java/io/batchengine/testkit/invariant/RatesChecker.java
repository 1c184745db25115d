package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.limits.Rate;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rates of I9, each by a bucket of tokens of which only what is missing is known; and the pauses that job factories ask for. */
final class RatesChecker extends FlowChecker {
    private static final double ROUNDING = 1e-6;
    /** By when an engine that is prompt has heard of a "not now". */
    private static final long BLINK = Duration.ofMillis(500).toNanos();

    private record Whose(SimulatedProcess process, Object projectOrType) {}

    private record Pause(long from, long until) {}

    private final Map<Whose, Pause> pauses = new HashMap<>();

    RatesChecker(History history, Findings findings) {
        super(Invariant.RATES, history, findings);
    }

    @Override
    void attempting(BatchHistory batch, EngineWatch engine) {
        if (!engine.engine.exact()) {
            return;
        }
        start(
                engine,
                batch.projectId(),
                limits -> limits.project(batch.projectId()).rate());
        start(engine, batch.type(), limits -> limits.jobType(batch.type()).rate());
        Pause pause = pauses.get(new Whose(engine.process, EngineWatch.line(batch)));
        if (pause != null && engine.engine.prompt()) {
            long now = engine.now();
            require(
                    now <= pause.from + BLINK || now >= pause.until,
                    "%s starts a job of %s though its factory asked to wait until %d ms",
                    engine,
                    batch.id(),
                    pause.until / 1_000_000);
        }
    }

    private void start(EngineWatch engine, Object whose, Function<Limits, @Nullable Rate> rateOf) {
        EngineWatch.Bucket bucket = engine.bucket(whose);
        // Where the rate was changed meanwhile, at which time is not known: the highest counts for all of it.
        double perSecond = 0;
        double burst = 0;
        for (Limits limits : engine.limitsSince(bucket)) {
            Rate rate = rateOf.apply(limits);
            perSecond = Math.max(perSecond, bucket.perSecond(rate));
            burst = Math.max(burst, rate == null ? Double.POSITIVE_INFINITY : rate.burst());
        }
        long now = engine.now();
        double gained = perSecond * (now - bucket.sinceNanos) / 1e9;
        bucket.tokens = Double.isInfinite(perSecond) ? burst : Math.min(burst, bucket.tokens + gained);
        bucket.sinceNanos = now;
        boolean held = true;
        for (Limits limits : engine.limits()) {
            Rate rate = rateOf.apply(limits);
            if (rate == null) {
                return;
            }
            held &= rate.perSecond() == 0;
            bucket.filling = rate.perSecond() == 0 ? bucket.filling : rate.perSecond();
        }
        if (bucket.tokens < 2) {
            exercised();
        }
        require(
                !held && bucket.tokens >= 1 - ROUNDING,
                "%s starts a job of %s which its rate does not allow yet: at %s a second it has %.3f tokens",
                engine,
                whose,
                perSecond,
                bucket.tokens);
        bucket.tokens = Math.max(0, bucket.tokens - 1);
    }

    @Override
    void notNow(BatchHistory batch, EngineWatch engine, Duration wait) {
        long now = engine.now();
        EngineWatch.Line line = EngineWatch.line(batch);
        long until = now + wait.toNanos();
        engine.pausedUntil.merge(line, until, Math::max);
        boolean certain = batch.request.options().jobTimeout() == null
                && !batch.now.state().cancelRequested(); // else it may come from a job that was given up
        if (certain) {
            pauses.merge(
                    new Whose(engine.process, line),
                    new Pause(now, until),
                    (before, after) ->
                            new Pause(before.until > now ? before.from : now, Math.max(before.until, after.until)));
            if (wait.toNanos() > BLINK) {
                exercised();
            }
        }
    }
}
