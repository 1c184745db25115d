package io.batchengine.benchmarks.plot;

import io.batchengine.benchmarks.comparison.ComparisonRow;
import io.batchengine.model.Text;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is drawn of a comparison. */
final class ComparisonPlots {
    private static final int WIDTH = 860;
    private static final int TOP = 30; // of a panel that is more than its bars
    private static final int ROW = 26;
    private static final String NO_OP = "NO_OP";
    private static final String VIRTUAL_THREADS = "batch-engine-virtual-threads";
    private static final Map<String, String> STORAGES = Map.of(
            "postgresql", "a result per file on PostgreSQL",
            "sqlite", "a result per file in a SQLite file",
            "memory", "results in memory");
    private static final Map<String, String> JOBS = new LinkedHashMap<>();

    static {
        JOBS.put(NO_OP, "no work");
        JOBS.put("FAILING_1_PERCENT", "no work, 1 % fail");
        JOBS.put("CPU_1_MS", "1 ms of computing");
        JOBS.put("WAIT_10_MS", "10 ms of waiting");
    }

    private final List<ComparisonRow> rows;

    private ComparisonPlots(List<ComparisonRow> rows) {
        Map<String, ComparisonRow> latest = new LinkedHashMap<>();
        for (ComparisonRow row : rows) {
            String key =
                    String.join(" ", row.contender(), row.storage(), row.job(), "" + row.threads(), "" + row.files());
            latest.put(key, row);
        }
        this.rows = List.copyOf(latest.values());
    }

    static List<Drawing> of(List<ComparisonRow> rows) {
        ComparisonPlots plots = new ComparisonPlots(rows);
        List<Drawing> drawings = new ArrayList<>();
        for (String storage : List.of("memory", "sqlite", "postgresql")) {
            plots.addRates(storage, drawings);
            plots.addJobs(storage, drawings);
            plots.addCosts(storage, drawings);
        }
        return drawings;
    }

    private void addRates(String storage, List<Drawing> drawings) {
        List<ComparisonRow> chosen = chosen(storage, row -> row.job().equals(NO_OP));
        if (chosen.stream().anyMatch(ComparisonRow::isDone)) {
            drawings.add(RateBySize.draw(
                    "rate-by-size-" + storage,
                    "Files per second, by number of files",
                    Text.format("jobs without work, %s; %s", STORAGES.get(storage), conditions(chosen)),
                    chosen));
        }
    }

    private void addJobs(String storage, List<Drawing> drawings) {
        List<Drawing.Panel> panels = new ArrayList<>();
        int files = commonSize(storage);
        int y = 0;
        for (Map.Entry<String, String> job : JOBS.entrySet()) {
            List<ComparisonRow> chosen = chosen(storage, row -> row.job().equals(job.getKey()) && row.files() == files);
            if (!chosen.isEmpty()) {
                y = addPanel(
                        panels,
                        y,
                        "Files per second: " + job.getValue(),
                        Text.format("%,d files, %s; %s", files, STORAGES.get(storage), conditions(chosen)),
                        bars(chosen, ComparisonRow.Values::filesPerSecond, "", true));
            }
        }
        if (panels.size() > 1) {
            drawings.add(new Drawing("rate-by-job-" + storage, WIDTH, y, panels));
        }
    }

    private void addCosts(String storage, List<Drawing> drawings) {
        int files = commonSize(storage);
        List<ComparisonRow> chosen =
                chosen(storage, row -> row.job().equals(NO_OP) && row.files() == files && row.isDone());
        List<Drawing.Panel> panels = new ArrayList<>();
        String what = Text.format("%,d files without work, %s; %s", files, STORAGES.get(storage), conditions(chosen));
        String beside = storage.equals("postgresql") ? ", without the server's" : "";
        int y = 0;
        List<Bars.Bar> cpu = bars(chosen, ComparisonRow.Values::cpuMicros, "µs", false);
        if (!cpu.isEmpty()) {
            y = addPanel(panels, y, "Processor time per file" + beside, what, cpu);
        }
        List<Bars.Bar> bytes = bars(chosen, ComparisonRow.Values::allocatedBytes, "B", false);
        if (!bytes.isEmpty()) {
            y = addPanel(panels, y, "Allocated memory per file", what, bytes);
        }
        if (!panels.isEmpty()) {
            drawings.add(new Drawing("cost-per-file-" + storage, WIDTH, y, panels));
        }
    }

    private static int addPanel(List<Drawing.Panel> panels, int y, String title, String subtitle, List<Bars.Bar> bars) {
        int height = TOP + 50 + ROW * bars.size();
        panels.add(new Drawing.Panel(Bars.chart(title, subtitle, bars), new Rectangle2D.Double(0, y, WIDTH, height)));
        return y + height;
    }

    /** The best first; those that did not end last. */
    private static List<Bars.Bar> bars(
            List<ComparisonRow> rows,
            Function<ComparisonRow.Values, OptionalDouble> value,
            String unit,
            boolean moreIsBetter) {
        Comparator<Bars.Bar> byValue = Comparator.comparingDouble(Bars.Bar::value);
        List<Bars.Bar> bars = new ArrayList<>();
        for (ComparisonRow row : rows) {
            value.apply(row.values()).ifPresent(number -> {
                String text = " " + Look.number(number, unit);
                bars.add(new Bars.Bar(row.contender(), number, text, Look.bar(row.contender())));
            });
        }
        bars.sort(moreIsBetter ? byValue.reversed() : byValue);
        for (ComparisonRow row : rows) {
            if (!row.isDone()) {
                bars.add(new Bars.Bar(row.contender(), 0, " " + row.outcome(), Look.FAINT));
            }
        }
        return bars;
    }

    private List<ComparisonRow> chosen(String storage, Predicate<ComparisonRow> which) {
        return rows.stream()
                .filter(row -> row.storage().equals(storage) && !row.contender().equals(VIRTUAL_THREADS))
                .filter(which)
                .toList();
    }

    /** The greatest size at which most kinds of jobs were measured. */
    private int commonSize(String storage) {
        Map<Integer, Long> kinds = new LinkedHashMap<>();
        for (ComparisonRow row : chosen(storage, ComparisonRow::isDone)) {
            kinds.merge(row.files(), 1L, Long::sum);
        }
        return kinds.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static String conditions(List<ComparisonRow> rows) {
        ComparisonRow any = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        return any == null
                ? ""
                : String.format(Locale.ROOT, "%d threads, Java %s, %s", any.threads(), any.java(), any.machine());
    }
}
