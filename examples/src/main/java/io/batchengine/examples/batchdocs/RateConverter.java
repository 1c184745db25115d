package io.batchengine.examples.batchdocs;

import io.batchengine.limits.Rate;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes a rate of {@code N} or {@code N:BURST}. */
final class RateConverter implements ITypeConverter<Rate> {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?::([0-9]{1,9}))?");

    @Override
    public Rate convert(String value) {
        Matcher parts = RATE.matcher(value);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    Text.format("%s is not N or N:BURST, such as 20, 0.5 or 20:100", Text.quote(value)));
        }
        double perSecond = Double.parseDouble(parts.group(1));
        if (perSecond == 0) {
            throw new TypeConversionException("with a rate of 0 nothing would ever start");
        }
        try {
            Rate rate = Rate.perSecond(perSecond);
            return parts.group(2) == null ? rate : rate.withBurst(Integer.parseInt(parts.group(2)));
        } catch (BatchEngineException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
