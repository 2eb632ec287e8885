package io.vigie.app.demo;

import java.util.List;
import java.util.Random;

/**
 * Phone numbers of the ranges that the French numbering plan keeps for fiction, written in the ways people write them.
 *
 * <p>Source: Arcep, numbering plan, numbers for audiovisual works.
 */
final class Phones {
    private static final List<String> FIXED = List.of("019900", "026191", "035301", "046571", "053649");
    private static final String MOBILE = "063998";

    private Phones() {}

    static String fixed(Random random) {
        return written(Cast.pick(FIXED, random) + fourDigits(random), random);
    }

    static String mobile(Random random) {
        return written(MOBILE + fourDigits(random), random);
    }

    private static String fourDigits(Random random) {
        return Integer.toString(random.nextInt(10_000) + 10_000).substring(1);
    }

    private static String written(String digits, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> digits;
            case 1 -> pairs(digits, ".");
            case 2 -> "+33 " + pairs(digits, " ").substring(1);
            default -> pairs(digits, " ");
        };
    }

    private static String pairs(String digits, String separator) {
        return digits.replaceAll("(\\d\\d)(?=\\d)", "$1" + separator);
    }
}
