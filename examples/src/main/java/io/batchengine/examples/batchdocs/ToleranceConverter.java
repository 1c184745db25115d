package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.Text;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes a tolerance of a number of files or of a percentage, and text of a tolerance. */
final class ToleranceConverter implements ITypeConverter<FailureTolerance> {
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PERCENTAGE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?%");

    @Override
    public FailureTolerance convert(String value) {
        try {
            if (COUNT.matcher(value).matches()) {
                return FailureTolerance.ofCount(Long.parseLong(value));
            }
            if (PERCENTAGE.matcher(value).matches()) {
                return FailureTolerance.ofPercent(Double.parseDouble(value.substring(0, value.length() - 1)));
            }
        } catch (BatchEngineException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
        throw new TypeConversionException(
                Text.format("%s is not a number of files or a percentage, such as 20 or 2.5%%", Text.quote(value)));
    }

    /** For people; as it is given, where only one bound is set. */
    static String text(FailureTolerance tolerance) {
        String count = tolerance.maxCount() + " failed files";
        String percentage = number(tolerance.maxPercent()) + "% failed files";
        if (tolerance.maxPercent() == FailureTolerance.ALL.maxPercent()) {
            return tolerance.equals(FailureTolerance.ALL) ? "any number of failed files" : count;
        }
        return tolerance.maxCount() == FailureTolerance.ALL.maxCount() ? percentage : count + ", " + percentage;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
