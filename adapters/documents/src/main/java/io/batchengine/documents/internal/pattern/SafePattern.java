package io.batchengine.documents.internal.pattern;

import io.batchengine.documents.DocumentException;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A configuration's regular expression, matched within a bound of steps. A step is a look at a character; what a matcher does between
 * two looks can't be counted, so an expression that may do much there is refused ({@link Effort}), and one that may do more than
 * usual has fewer steps.
 *
 * @param pattern the compiled expression
 * @param stepsPerLook how many steps a look at a character counts for
 * @param place where the expression stands in the configuration
 */
public record SafePattern(Pattern pattern, int stepsPerLook, String place) {
    /** How many steps one match may take. */
    static final long MAX_STEPS = 20_000_000;

    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_MATCHES = 50;
    /** Within a text of a million characters this is done for each of them. */
    private static final long MAX_EFFORT_WITHIN = 250;

    private static final long MAX_EFFORT_AT_END = 20_000;
    private static final int EFFORT_PER_STEP = 64;

    /**
     * Compiles a pattern of a rule, whose {@code ^} and {@code $} match at lines.
     *
     * @param regex the expression
     * @param place where it stands in the configuration
     * @return the pattern
     * @throws IllegalArgumentException if it is refused; the message begins with the place
     */
    public static SafePattern ofLines(String regex, String place) {
        return compile(regex, Pattern.MULTILINE, place);
    }

    /**
     * Compiles a pattern of a schema, whose {@code ^} and {@code $} match at the ends of a value.
     *
     * @param regex the expression
     * @param place where it stands in the configuration
     * @return the pattern
     * @throws IllegalArgumentException if it is refused; the message begins with the place
     */
    public static SafePattern ofValues(String regex, String place) {
        return compile(regex, 0, place);
    }

    private static SafePattern compile(String regex, int flags, String place) {
        if (regex.length() > MAX_LENGTH || regex.indexOf('\0') >= 0) {
            throw fault(
                    place,
                    regex.length() > MAX_LENGTH
                            ? Text.format(
                                    "has %d characters; a regular expression may have %d", regex.length(), MAX_LENGTH)
                            : "must not hold the character U+0000; write \\x00");
        }
        try {
            Pattern pattern = Pattern.compile(regex, flags);
            long within = effort(regex, place, true);
            long atEnd = effort(regex, place, false);
            if (within > MAX_EFFORT_WITHIN || atEnd > MAX_EFFORT_AT_END) {
                throw fault(
                        place,
                        Text.format(
                                "the regular expression %s may take too many steps without looking at a character;"
                                        + " repeat and combine fewer parts that match nothing",
                                Text.quote(regex)));
            }
            return new SafePattern(pattern, (int) (1 + Math.max(within, atEnd) / EFFORT_PER_STEP), place);
        } catch (PatternSyntaxException e) {
            throw fault(
                    place,
                    Text.format(
                            "is not a regular expression: %s at index %d",
                            Text.printable(e.getDescription()), e.getIndex()));
        } catch (StackOverflowError e) {
            throw fault(place, "is nested too deeply for a regular expression");
        }
    }

    private static long effort(String regex, String place, boolean within) {
        try {
            return (within ? EffortReader.within(regex) : EffortReader.atEnd(regex)).most();
        } catch (PatternSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw fault(place, Text.format("the regular expression %s %s", Text.quote(regex), e.getMessage()));
        }
    }

    /**
     * The first matches in a text of which up to a million characters are looked at: the first group that took part, or the
     * whole match where there is none.
     *
     * @param text the text
     * @param steps the document's steps
     * @return at most 50 texts
     * @throws DocumentException if the steps are used up, or the job is to stop
     */
    public List<String> matches(String text, Steps steps) throws DocumentException {
        String bounded = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        List<String> found = new ArrayList<>();
        var watched = new WatchedText(bounded, steps, stepsPerLook);
        try {
            Matcher matcher = pattern.matcher(watched);
            while (found.size() < MAX_MATCHES && matcher.find()) {
                found.add(value(matcher));
            }
            return found;
        } catch (WatchedText.StoppedException e) {
            throw DocumentException.stopped();
        } catch (WatchedText.TooManyStepsException | StackOverflowError e) {
            throw tooManySteps(e);
        } finally {
            watched.settle();
        }
    }

    /**
     * Whether a text has a match. It is called through the validator, which lets no checked exception pass: see {@link Unchecked}.
     *
     * @param text the text
     * @param steps the document's steps
     * @return whether it has
     */
    public boolean isIn(String text, Steps steps) {
        var watched = new WatchedText(text, steps, stepsPerLook);
        try {
            return pattern.matcher(watched).find();
        } catch (WatchedText.StoppedException e) {
            throw new Unchecked(DocumentException.stopped());
        } catch (WatchedText.TooManyStepsException | StackOverflowError e) {
            throw new Unchecked(tooManySteps(e));
        } finally {
            watched.settle();
        }
    }

    /** Carries what {@link #isIn} has to tell through code of others. */
    public static final class Unchecked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient DocumentException failure;

        private Unchecked(DocumentException failure) {
            super(failure);
            this.failure = failure;
        }

        /**
         * What has happened.
         *
         * @return the exception to be thrown
         */
        public DocumentException failure() {
            return failure;
        }
    }

    private DocumentException tooManySteps(Throwable cause) {
        return DocumentException.unusable(
                Text.format(
                        "the regular expression at %s needs too many steps on this document; make it simpler", place),
                cause);
    }

    private static IllegalArgumentException fault(String place, String message) {
        return new IllegalArgumentException(place + ": " + message);
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
