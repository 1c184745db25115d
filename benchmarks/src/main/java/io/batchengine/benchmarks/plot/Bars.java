package io.batchengine.benchmarks.plot;

import java.awt.Paint;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** Horizontal bars from zero, with their values at their ends instead of an axis. */
final class Bars {
    private static final double ROOM_FOR_VALUES = 1.25;

    /**
     * A bar.
     *
     * @param name that stands before it
     * @param value its length
     * @param text that stands behind it
     * @param paint its colour
     */
    record Bar(String name, double value, String text, Paint paint) {}

    private Bars() {}

    static JFreeChart chart(String title, String subtitle, List<Bar> bars) {
        DefaultCategoryDataset values = new DefaultCategoryDataset();
        bars.forEach(bar -> values.addValue(bar.value, "", bar.name));
        CategoryPlot plot = new CategoryPlot(values, names(), lengths(bars), new Renderer(bars));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeGridlinesVisible(false);
        return Look.chart(title, subtitle, plot);
    }

    static CategoryAxis names() {
        CategoryAxis axis = new CategoryAxis();
        axis.setTickLabelFont(Look.LABEL);
        axis.setTickLabelPaint(Look.TEXT);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setCategoryMargin(0.3);
        axis.setLowerMargin(0.02);
        axis.setUpperMargin(0.02);
        axis.setMaximumCategoryLabelWidthRatio(2);
        return axis;
    }

    private static NumberAxis lengths(List<Bar> bars) {
        NumberAxis axis = new NumberAxis();
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        axis.setRange(0, Math.max(longest, Double.MIN_NORMAL) * ROOM_FOR_VALUES);
        axis.setVisible(false);
        return axis;
    }

    /** Flat bars, each of its own colour. */
    static class Renderer extends BarRenderer {
        private static final long serialVersionUID = 1;

        private final transient List<Bar> bars;

        @SuppressWarnings("this-escape") // sets only what its superclass knows
        Renderer(List<Bar> bars) {
            this.bars = bars;
            setBarPainter(new StandardBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
            setMaximumBarWidth(0.12);
            setDefaultItemLabelsVisible(true);
            setDefaultItemLabelFont(Look.LABEL);
            setDefaultItemLabelPaint(Look.TEXT);
            setDefaultItemLabelGenerator(new Labels(bars));
            ItemLabelPosition behind = new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT);
            setDefaultPositiveItemLabelPosition(behind);
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return bars.get(column).paint;
        }
    }

    /** The texts behind bars. */
    private record Labels(List<Bar> bars) implements org.jfree.chart.labels.CategoryItemLabelGenerator {
        @Override
        public String generateRowLabel(CategoryDataset dataset, int row) {
            return "";
        }

        @Override
        public String generateColumnLabel(CategoryDataset dataset, int column) {
            return bars.get(column).name;
        }

        @Override
        public String generateLabel(CategoryDataset dataset, int row, int column) {
            return bars.get(column).text;
        }
    }
}
