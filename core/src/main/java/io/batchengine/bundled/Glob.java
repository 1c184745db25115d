package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob with one meaning on every file system: the JDK's own depends on the provider and the platform.
 *
 * @param path matches a relative path
 * @param names whether a file name alone may match too, since the glob names no directory
 */
record Glob(Pattern path, boolean names) {
    static Glob of(String glob) {
        try {
            return new Glob(Pattern.compile(new Translation(glob).regex(), Pattern.DOTALL), glob.indexOf('/') < 0);
        } catch (PatternSyntaxException e) {
            throw refused(glob, "its character class is not valid");
        }
    }

    boolean matches(String relativePath) {
        return path.matcher(relativePath).matches()
                || (names
                        && path.matcher(relativePath.substring(relativePath.lastIndexOf('/') + 1))
                                .matches());
    }

    private static BatchEngineException refused(String glob, String fault) {
        return BatchEngineException.of(
                ErrorCode.INVALID_ARGUMENT,
                Text.format(
                        "the glob %s can't be used: %s; put a backslash before a character that is meant as it is",
                        Text.quote(glob), fault));
    }

    /** Writes the regular expression of a glob, from left to right. */
    private static final class Translation {
        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int braces;

        Translation(String glob) {
            this.glob = glob;
        }

        String regex() {
            if (glob.isEmpty()) {
                throw refused(glob, "it is empty");
            }
            while (at < glob.length()) {
                int c = glob.codePointAt(at);
                at += Character.charCount(c);
                translate(c);
            }
            if (braces > 0) {
                throw refused(glob, "a '{' is not closed");
            }
            return regex.toString();
        }

        private void translate(int c) {
            switch (c) {
                case '*' -> star();
                case '?' -> regex.append("[^/]");
                case '[' -> characterClass();
                case '{' -> {
                    braces++;
                    regex.append("(?:");
                }
                case '}' -> {
                    if (braces-- == 0) {
                        throw refused(glob, "a '}' closes nothing");
                    }
                    regex.append(')');
                }
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    if (at == glob.length()) {
                        throw refused(glob, "it ends with a backslash");
                    }
                    literal(glob.codePointAt(at));
                    at += Character.charCount(glob.codePointAt(at));
                }
                default -> literal(c);
            }
        }

        private void star() {
            if (!glob.startsWith("*", at)) {
                regex.append("[^/]*");
            } else if (glob.startsWith("*/", at) && (at == 1 || "/{,".indexOf(glob.charAt(at - 2)) >= 0)) {
                at += 2;
                regex.append("(?:.*/)?");
            } else {
                at++;
                regex.append(".*");
            }
        }

        private void characterClass() {
            int from = at;
            boolean negated = glob.startsWith("!", from);
            if (negated) {
                from++;
            }
            int end = glob.indexOf(']', from + 1);
            if (end < 0) {
                throw refused(glob, "a '[' is not closed");
            }
            regex.append("(?!/)[").append(negated ? "^" : "");
            glob.substring(from, end).codePoints().forEach(c -> {
                if (c == '-') {
                    regex.append('-');
                } else {
                    literal(c);
                }
            });
            regex.append(']');
            at = end + 1;
        }

        private void literal(int c) {
            if (c < 0x80 && !Character.isLetterOrDigit(c)) {
                regex.append('\\');
            }
            regex.appendCodePoint(c);
        }
    }
}
