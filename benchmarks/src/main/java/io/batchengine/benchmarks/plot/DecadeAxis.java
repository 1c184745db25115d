package io.batchengine.benchmarks.plot;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;

/** Axes that go by powers of ten. */
final class DecadeAxis {
    /** Writes powers of ten up to the last that is of interest. */
    private static final class Powers extends NumberFormat {
        private static final long serialVersionUID = 1;

        private final double last;

        Powers(double last) {
            this.last = last;
        }

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(number > last * 1.001 ? " " : Look.power(number)); // an axis draws no empty text
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return format((double) number, to, position);
        }

        @Override
        public Number parse(String text, ParsePosition position) {
            throw new UnsupportedOperationException("axes are written, not read");
        }
    }

    private DecadeAxis() {}

    /** An axis from one value to another whose ticks end at a last one. */
    static LogAxis of(String label, double from, double to, double last) {
        LogAxis axis = new LogAxis(label);
        axis.setBase(10);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setNumberFormatOverride(new Powers(last));
        axis.setRange(from, to);
        Look.dress(axis);
        return axis;
    }

    /** The power of ten at or below a value. */
    static double floor(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }
}
