package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A configuration's regular expression, matched within a bound of steps. */
record SafePattern(Pattern pattern, String place) {
    /** How many characters may be looked at for one match over one text. */
    static final long MAX_STEPS = 20_000_000;

    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_MATCHES = 50;

    /** Compiles a pattern whose {@code ^} and {@code $} match at lines. */
    static SafePattern compile(String regex, String place) {
        try {
            return new SafePattern(Pattern.compile(regex, Pattern.MULTILINE), place);
        } catch (PatternSyntaxException e) {
            throw ConfigurationObject.fault(
                    place,
                    Text.format(
                            "is not a regular expression: %s at index %d",
                            Text.printable(e.getDescription()), e.getIndex()));
        } catch (StackOverflowError e) {
            throw ConfigurationObject.fault(place, "is nested too deeply for a regular expression");
        }
    }

    /**
     * The first matches in a text of which up to a million characters are looked at: the first group that took part, or the
     * whole match where there is none.
     */
    List<String> matches(String text, BooleanSupplier stopRequested) throws DocumentException {
        String bounded = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        List<String> found = new ArrayList<>();
        try {
            Matcher matcher = pattern.matcher(new WatchedText(bounded, MAX_STEPS, stopRequested));
            while (found.size() < MAX_MATCHES && matcher.find()) {
                found.add(value(matcher));
            }
            return found;
        } catch (WatchedText.StoppedException e) {
            throw DocumentException.stopped();
        } catch (WatchedText.TooManyStepsException | StackOverflowError e) {
            throw DocumentException.unusable(
                    Text.format(
                            "the regular expression at %s needs too many steps on this document; make it simpler",
                            place),
                    e);
        }
    }

    private static String value(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String text = matcher.group(group);
            if (text != null) {
                return text;
            }
        }
        return matcher.group();
    }
}
