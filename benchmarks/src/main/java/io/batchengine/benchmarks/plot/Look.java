package io.batchengine.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;

/** How all plots look: on white, so that they are read on a dark page as well; colours that the colour-blind tell apart. */
final class Look {
    static final Color TEXT = new Color(0x24, 0x29, 0x2f);
    static final Color FAINT = new Color(0x6e, 0x77, 0x81);
    static final Color GRID = new Color(0xe4, 0xe7, 0xeb);
    static final Color OURS = new Color(0x0b, 0x5c, 0xad);
    static final Color MISSED = new Color(0xc2, 0x41, 0x0c);
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    static final Font SUBTITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font BOLD_LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    static final BasicStroke HAIRLINE = new BasicStroke(1);

    private static final String OUR_NAME = "batch-engine";
    private static final Color OTHERS = new Color(0x9a, 0xa5, 0xb1);
    private static final Map<String, Color> LINES = Map.of(
            OUR_NAME,
            OURS,
            "plain-pool",
            new Color(0x57, 0x60, 0x6a),
            "spring-batch",
            new Color(0x2d, 0x8a, 0x3e),
            "jobrunr",
            new Color(0xd9, 0x77, 0x06),
            "db-scheduler",
            new Color(0x7c, 0x3a, 0xb0),
            "quartz",
            new Color(0x8c, 0x51, 0x0a),
            "easy-batch",
            new Color(0x01, 0x85, 0x71));

    private Look() {}

    static boolean isOurs(String contender) {
        return contender.startsWith(OUR_NAME);
    }

    /** The colour of a contender's line. */
    static Color line(String contender) {
        return isOurs(contender) ? OURS : LINES.getOrDefault(contender, OTHERS);
    }

    /** The colour of a contender's bar, beside which its name stands. */
    static Color bar(String contender) {
        return isOurs(contender) ? OURS : OTHERS;
    }

    static JFreeChart chart(String title, String subtitle, Plot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(10, 12, 10, 12));
        chart.addSubtitle(text(title, TITLE, TEXT, 2));
        if (!subtitle.isEmpty()) {
            chart.addSubtitle(text(subtitle, SUBTITLE, FAINT, 10));
        }
        return chart;
    }

    private static TextTitle text(String text, Font font, Color color, double below) {
        TextTitle title = new TextTitle(text, font);
        title.setPaint(color);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setPadding(new RectangleInsets(0, 4, below, 0));
        return title;
    }

    static void dress(ValueAxis axis) {
        axis.setLabelFont(LABEL);
        axis.setLabelPaint(FAINT);
        axis.setTickLabelFont(LABEL);
        axis.setTickLabelPaint(TEXT);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setMinorTickMarksVisible(false);
    }

    /** A number with two digits that count, or more before the point, and a letter for its thousands, such as 870, 1.2 k, 45 k, 3.0 M. */
    static String number(double value) {
        if (value >= 999_500) {
            return digits(value / 1e6) + " M";
        }
        return value >= 999.5 ? digits(value / 1e3) + " k" : digits(value);
    }

    /** The same with a unit, such as 870 B, 1.2 kB. */
    static String number(double value, String unit) {
        String number = number(value);
        boolean scaled = !Character.isDigit(number.charAt(number.length() - 1));
        return unit.isEmpty() || scaled ? number + unit : number + " " + unit;
    }

    /** A power of ten, as it stands at an axis. */
    static String power(double value) {
        return number(value).replace(".0", "");
    }

    private static String digits(double value) {
        int decimals = value >= 9.95 ? 0 : value >= 0.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
