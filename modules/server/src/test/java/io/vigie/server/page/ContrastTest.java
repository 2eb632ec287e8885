package io.vigie.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The colours can be told apart by day and by night, and the figures beside them are true. */
class ContrastTest {
    private static final String CSS = new String(Assets.asset("tokens.css").body(), StandardCharsets.UTF_8);
    private static final double TEXT_MIN = 4.5;
    private static final double SHAPE_MIN = 3;
    private static final double ROUNDED = 0.051;

    @Test
    void everyPairHasTheContrastThatItNeedsAndSays() {
        Map<String, List<Integer>> colours = colours();
        var claims = Pattern.compile("contrast (text|shape)\\s+(\\S+) on (\\S+): ([\\d.]+) / ([\\d.]+)")
                .matcher(CSS)
                .results()
                .toList();

        assertThat(claims).hasSizeGreaterThan(20);
        for (MatchResult claim : claims) {
            double least = claim.group(1).equals("text") ? TEXT_MIN : SHAPE_MIN;
            for (int look = 0; look < 2; look++) {
                double contrast =
                        contrast(colour(colours, claim.group(2), look), colour(colours, claim.group(3), look));
                assertThat(contrast).as(claim.group()).isGreaterThanOrEqualTo(least);
                assertThat(contrast)
                        .as(claim.group())
                        .isCloseTo(Double.parseDouble(claim.group(4 + look)), within(ROUNDED));
            }
        }
    }

    @Test
    void blackOnWhiteIsTwentyOne() {
        assertThat(contrast(0x000000, 0xffffff)).isCloseTo(21, within(1e-9));
    }

    private static int colour(Map<String, List<Integer>> colours, String name, int look) {
        assertThat(colours).containsKey(name);
        return colours.getOrDefault(name, List.of()).get(look);
    }

    private static Map<String, List<Integer>> colours() {
        var colours = new HashMap<String, List<Integer>>();
        Pattern.compile("--([a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)")
                .matcher(CSS)
                .results()
                .forEach(found -> colours.put(
                        found.group(1),
                        List.of(Integer.parseInt(found.group(2), 16), Integer.parseInt(found.group(3), 16))));
        return colours;
    }

    /** By WCAG 2: relative luminances, each with a little glare. */
    private static double contrast(int one, int other) {
        double first = luminance(one) + 0.05;
        double second = luminance(other) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    private static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16 & 0xff)
                + 0.7152 * linear(colour >> 8 & 0xff)
                + 0.0722 * linear(colour & 0xff);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
