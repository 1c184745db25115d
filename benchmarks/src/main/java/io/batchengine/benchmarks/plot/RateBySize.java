package io.batchengine.benchmarks.plot;

import io.batchengine.benchmarks.comparison.ComparisonRow;
import io.batchengine.model.Text;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Files per second by the number of files, a line for each contender, both axes by powers of ten; names stand at the ends of the lines. */
final class RateBySize {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 500;
    private static final double ROOM_FOR_NAMES = 12; // times the greatest size
    private static final double LEAST_DISTANCE = 0.052; // of two names, as a part of the height

    /** A line's name. */
    private static final class Name {
        private final String contender;
        private final String text;
        private final double x;
        private double height; // as a part of the axis

        Name(String contender, String text, double x, double height) {
            this.contender = contender;
            this.text = text;
            this.x = x;
            this.height = height;
        }
    }

    private final Map<String, List<ComparisonRow>> byContender;
    private final XYSeriesCollection series = new XYSeriesCollection();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    private final XYPlot plot;
    private final double low;
    private final double high;

    private RateBySize(List<ComparisonRow> rows) {
        byContender = rows.stream()
                .sorted(Comparator.comparingInt(ComparisonRow::files))
                .collect(Collectors.groupingBy(ComparisonRow::contender, TreeMap::new, Collectors.toList()));
        List<ComparisonRow> done = rows.stream().filter(ComparisonRow::isDone).toList();
        double least = done.stream().mapToDouble(RateBySize::rate).min().orElseThrow();
        double most = done.stream().mapToDouble(RateBySize::rate).max().orElseThrow();
        low = DecadeAxis.floor(least);
        high = most * 1.6;
        double from = done.stream().mapToInt(ComparisonRow::files).min().orElseThrow();
        double to = done.stream().mapToInt(ComparisonRow::files).max().orElseThrow();
        LogAxis x = DecadeAxis.of("number of files", from / 1.3, to * ROOM_FOR_NAMES, to);
        LogAxis y = DecadeAxis.of("files per second", low, high, high);
        plot = new XYPlot(series, x, y, renderer);
    }

    /** Draws the rows of no-op jobs of one storage. */
    static Drawing draw(String name, String title, String subtitle, List<ComparisonRow> rows) {
        RateBySize drawing = new RateBySize(rows);
        drawing.addLines();
        drawing.plot.setDomainGridlinesVisible(false);
        drawing.plot.setRangeGridlinePaint(Look.GRID);
        drawing.plot.setRangeGridlineStroke(Look.HAIRLINE);
        return Drawing.of(name, WIDTH, HEIGHT, Look.chart(title, subtitle, drawing.plot));
    }

    private void addLines() {
        List<Name> names = new ArrayList<>();
        byContender.forEach((contender, rows) -> {
            XYSeries line = new XYSeries(contender);
            ComparisonRow last = null;
            String ending = "";
            for (ComparisonRow row : rows) {
                if (row.isDone()) {
                    line.add(row.files(), rate(row));
                    last = row;
                } else if (ending.isEmpty()) {
                    ending = Text.format("  (%s: %s)", Look.power(row.files()), row.outcome());
                }
            }
            if (last != null) {
                dress(series.getSeriesCount(), contender);
                series.addSeries(line);
                names.add(new Name(contender, contender + ending, last.files(), heightOf(rate(last))));
            }
        });
        place(names);
    }

    private void dress(int index, String contender) {
        renderer.setSeriesPaint(index, Look.line(contender));
        renderer.setSeriesStroke(
                index,
                new BasicStroke(Look.isOurs(contender) ? 3 : 1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        renderer.setSeriesShape(index, new Ellipse2D.Double(-3, -3, 6, 6));
    }

    /** Names that would lie one on the other are moved apart, upwards from the lowest. */
    private void place(List<Name> names) {
        names.sort(Comparator.comparingDouble(name -> name.height));
        double free = 0;
        for (Name name : names) {
            name.height = Math.max(name.height, free);
            free = name.height + LEAST_DISTANCE;
            double y = low * Math.pow(high / low, name.height);
            XYTextAnnotation text = new XYTextAnnotation(name.text, name.x * 1.18, y);
            text.setFont(Look.isOurs(name.contender) ? Look.BOLD_LABEL : Look.LABEL);
            text.setPaint(Look.line(name.contender));
            text.setTextAnchor(TextAnchor.CENTER_LEFT);
            plot.addAnnotation(text);
        }
    }

    private double heightOf(double rate) {
        return Math.log(rate / low) / Math.log(high / low);
    }

    private static double rate(ComparisonRow row) {
        return row.values().filesPerSecond().orElseThrow();
    }
}
