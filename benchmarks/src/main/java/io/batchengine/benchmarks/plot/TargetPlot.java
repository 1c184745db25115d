package io.batchengine.benchmarks.plot;

import io.batchengine.model.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;
import org.jfree.data.category.DefaultCategoryDataset;

/** How much better than its bound each target is: to the right of the line it is met, by the factor that is shown. */
final class TargetPlot {
    private static final int WIDTH = 860;
    private static final int TOP = 100;
    private static final int ROW = 25;
    private static final Set<String> LESS_IS_BETTER =
            Set.of("ten-million-cost", "ten-million-heap", "small-beside-large", "reopen", "cancel");

    /** A line of the file. */
    record Target(String name, double measured, double bound, boolean met) {
        /** More than 1 where it is better than its bound; 1 where it was not measured. */
        double factor() {
            if (Double.isNaN(measured)) {
                return 1;
            }
            return LESS_IS_BETTER.contains(name) ? bound / measured : measured / bound;
        }

        private Bars.Bar bar() {
            String sign = LESS_IS_BETTER.contains(name) ? "≤" : "≥";
            String text = Text.format(" %s  (%s %s)", digits(measured), sign, digits(bound));
            return new Bars.Bar(name, factor(), text, met ? Look.OURS : Look.MISSED);
        }

        private static String digits(double value) {
            if (Double.isNaN(value)) {
                return "not measured";
            }
            String format = value == Math.rint(value) ? "%.0f" : value < 10 ? "%.2f" : "%.1f";
            return String.format(Locale.ROOT, format, value);
        }
    }

    private TargetPlot() {}

    static List<Target> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(fields -> new Target(
                        fields[0],
                        Double.parseDouble(fields[1]),
                        Double.parseDouble(fields[2]),
                        fields[3].equals("met")))
                .toList();
    }

    static Drawing draw(List<Target> targets) {
        List<Bars.Bar> bars = targets.stream().map(Target::bar).toList();
        DefaultCategoryDataset values = new DefaultCategoryDataset();
        bars.forEach(bar -> values.addValue(bar.value(), "", bar.name()));
        double least = bars.stream().mapToDouble(Bars.Bar::value).min().orElse(1);
        double most = bars.stream().mapToDouble(Bars.Bar::value).max().orElse(1);
        double end = Math.max(2, most) * 8; // there is room for values
        LogAxis factors = DecadeAxis.of("times better than the bound", Math.min(0.5, least * 0.6), end, most);
        Bars.Renderer renderer = new Bars.Renderer(bars);
        renderer.setBase(1);
        CategoryPlot plot = new CategoryPlot(values, Bars.names(), factors, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeGridlinePaint(Look.GRID);
        plot.setRangeGridlineStroke(Look.HAIRLINE);
        plot.addRangeMarker(new ValueMarker(1, Color.BLACK, new BasicStroke(1.5f)), Layer.FOREGROUND);
        long met = targets.stream().filter(Target::met).count();
        return Drawing.of(
                "targets",
                WIDTH,
                TOP + ROW * bars.size(),
                Look.chart(
                        Text.format("Targets: %d of %d met", met, targets.size()),
                        "what was measured (and the bound); bars to the right of the line are better than the bound",
                        plot));
    }
}
