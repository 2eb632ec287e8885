package io.vigie.app.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of metrics in a PromQL expression. */
final class MetricNames {
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern LABELS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    // Not in the middle of a word, a number or a variable; and no function, which an opening bracket follows.
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "group_left", "group_right");

    private MetricNames() {}

    static Set<String> in(String expression) {
        String rest = expression;
        for (Pattern noise : new Pattern[] {TEXT, SELECTOR, RANGE, LABELS}) {
            rest = noise.matcher(rest).replaceAll(" ");
        }
        var names = new TreeSet<String>();
        NAME.matcher(rest).results().map(result -> result.group()).forEach(names::add);
        names.removeAll(KEYWORDS);
        return names;
    }
}
