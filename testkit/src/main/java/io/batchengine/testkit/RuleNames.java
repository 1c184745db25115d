package io.batchengine.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows {@code s06_03_a_commit_is_refused} as "S6.3 a commit is refused": a test's name is its rule. */
final class RuleNames extends DisplayNameGenerator.Standard {
    private static final Pattern RULE = Pattern.compile("([a-z])([0-9]+)_([0-9]+)_(.*)");

    RuleNames() {}

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
        Matcher rule = RULE.matcher(method.getName());
        return rule.matches() ? number(rule) + " " + rule.group(4).replace('_', ' ') : method.getName();
    }

    private static String number(Matcher rule) {
        return rule.group(1).toUpperCase(Locale.ROOT)
                + Integer.parseInt(rule.group(2))
                + "."
                + Integer.parseInt(rule.group(3));
    }
}
