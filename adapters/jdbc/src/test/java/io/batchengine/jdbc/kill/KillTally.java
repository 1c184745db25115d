package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What has been done and what came of it. Two of them add up.
 *
 * @param runs workloads run to their end
 * @param kills processes killed while they lived
 * @param restarts processes started on a store that another had used
 * @param audits how often a store was held against its ledger
 * @param files files listed
 * @param acknowledged lines by which something durable was acknowledged
 * @param zombies processes stopped past their lease
 * @param refused writes of such processes that were refused
 * @param ioFaults faults of the disk
 * @param lost violations by loss
 * @param doubled violations by doubling
 * @param illegal other violations
 */
record KillTally(
        long runs,
        long kills,
        long restarts,
        long audits,
        long files,
        long acknowledged,
        long zombies,
        long refused,
        long ioFaults,
        long lost,
        long doubled,
        long illegal) {
    static final KillTally ZERO = new KillTally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The names of the values, as {@link #values} has them. */
    static final List<String> NAMES = Arrays.stream(KillTally.class.getRecordComponents())
            .map(java.lang.reflect.RecordComponent::getName)
            .toList();

    List<Long> values() {
        return List.of(
                runs, kills, restarts, audits, files, acknowledged, zombies, refused, ioFaults, lost, doubled, illegal);
    }

    static KillTally of(List<Long> v) {
        return new KillTally(
                v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6), v.get(7), v.get(8), v.get(9),
                v.get(10), v.get(11));
    }

    KillTally plus(KillTally more) {
        List<Long> mine = values();
        List<Long> others = more.values();
        return of(java.util.stream.IntStream.range(0, mine.size())
                .mapToObj(i -> mine.get(i) + others.get(i))
                .toList());
    }

    /** Whether nothing was violated. */
    boolean isClean() {
        return lost + doubled + illegal == 0;
    }

    @Override
    public String toString() {
        List<Long> values = values();
        return java.util.stream.IntStream.range(0, values.size())
                .mapToObj(i -> Text.format("%s: %d", NAMES.get(i), values.get(i)))
                .collect(Collectors.joining(", "));
    }
}
