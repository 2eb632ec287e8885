package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CueLogicTest {
    private static final String[] WORDS = {"panne", "pannes", "ligne", "box", "pan"};
    private static final int PAIRS = 2_500;
    private static final int SENTENCES = 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            panne                 | panne
            pannes                | panne*
            panne*                | pan*
            "la panne"            | panne
            "la panne"            | "la panne"~2
            panne AND box         | box
            panne AND box         | box AND panne
            panne OR pannes       | panne*
            "la panne"            | box OR panne
            panne AND NOT box     | panne
            (a1 OR b1) AND c1     | b1 OR a1
            """)
    void whatIsNarrowerImpliesWhatIsWider(String narrow, String wide) throws CueSyntaxException {
        assertThat(CueLogic.implies(parse(narrow), parse(wide))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            panne                 | pannes
            panne*                | panne
            panne                 | "la panne"
            "la panne"~2          | "la panne"
            panne OR box          | box
            panne                 | panne AND NOT box
            """)
    void theOtherWayRoundNothingFollows(String one, String other) throws CueSyntaxException {
        assertThat(CueLogic.implies(parse(one), parse(other))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "panne AND NOT panne",
                "\"la panne\" AND NOT pan*",
                "(panne OR pannes) NOT panne*",
                "box AND (panne AND NOT pann*)"
            })
    void whatForbidsWhatItAsksForIsImpossible(String cue) throws CueSyntaxException {
        assertThat(CueLogic.isImpossible(parse(cue))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"panne", "panne AND NOT box", "(panne OR box) NOT panne", "pan* AND NOT panne"})
    void whatSomeSentenceMayMatchIsPossible(String cue) throws CueSyntaxException {
        assertThat(CueLogic.isImpossible(parse(cue))).isFalse();
    }

    @Test
    void noSentenceContradictsWhatIsSaidOfRandomCues() throws CueSyntaxException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        int implied = 0;
        int impossible = 0;

        for (int pair = 0; pair < PAIRS; pair++) {
            String one = cue(random, 3);
            String other = cue(random, 2);
            boolean implies = CueLogic.implies(parse(one), parse(other));
            boolean isImpossible = CueLogic.isImpossible(parse(one));
            implied += implies ? 1 : 0;
            impossible += isImpossible ? 1 : 0;
            for (int i = 0; i < SENTENCES && (implies || isImpossible); i++) {
                String sentence = sentence(random);
                BitSet matched = matched(sentence, one, other);
                assertThat(matched.get(0) && (isImpossible || !matched.get(1)))
                        .as("<%s>, <%s>: %s", one, other, sentence)
                        .isFalse();
            }
        }

        assertThat(implied).isPositive();
        assertThat(impossible).isPositive();
    }

    private static BitSet matched(String sentence, String... cues) throws CueSyntaxException {
        var builder = new CueMatcher.Builder(Language.FRENCH);
        for (String cue : cues) {
            builder.add(parse(cue));
        }
        CueMatcher matcher = builder.build();
        Tokens tokens = Tokenizer.tokenize(sentence);
        var matched = new BitSet();
        matcher.match(tokens, tokens.sentences().getFirst(), matcher.hits(), matched::set);
        return matched;
    }

    private static String cue(Random random, int depth) {
        int kind = depth == 0 ? random.nextInt(3) : random.nextInt(7);
        return switch (kind) {
            case 0 -> word(random);
            case 1 -> word(random) + "*";
            case 2 -> "\"" + word(random) + " " + word(random) + "\"~" + random.nextInt(3);
            case 3 -> "(" + cue(random, depth - 1) + " OR " + cue(random, depth - 1) + ")";
            case 4 -> "(" + cue(random, depth - 1) + " NOT " + cue(random, depth - 1) + ")";
            case 5 -> "(" + cue(random, depth - 1) + " AND NOT " + cue(random, depth - 1) + ")";
            default -> "(" + cue(random, depth - 1) + " AND " + cue(random, depth - 1) + ")";
        };
    }

    private static String sentence(Random random) {
        var sentence = new StringBuilder(word(random));
        for (int i = random.nextInt(6); i > 0; i--) {
            sentence.append(' ').append(word(random));
        }
        return sentence.toString();
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static Cue parse(String cue) throws CueSyntaxException {
        return CueParser.parse(cue, Language.FRENCH);
    }
}
