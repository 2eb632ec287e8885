package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StretchesTest {
    @Test
    void theyAreDifferentAndInRisingOrder() {
        Stretches stretches = of("Pas du tout, mais alors pas du tout satisfait !");

        assertThat(stretches.hashes()).isSorted().doesNotHaveDuplicates().hasSameSizeAs(stretches.counts());
    }

    @Test
    void whatIsSaidTwiceCountsTwiceButWeighsLess() {
        Stretches once = of("nul");
        Stretches twice = of("nul. nul");

        int word = once.hashes()[0];
        int at = Arrays.binarySearch(twice.hashes(), word);

        assertThat(at).isNotNegative();
        assertThat(twice.counts()[at]).isEqualTo((byte) 2);
        assertThat(twice.weight(at)).isBetween(1.1f, 1.9f);
    }

    @Test
    void theyReachAcrossWordsButWordsStayInTheirSentence() {
        assertThat(shared("je recommande pas", "on recommande pas"))
                .isGreaterThan(shared("pas je recommande", "on recommande pas"));
        assertThat(of("C'est nul. Service lent.").hashes())
                .isNotEqualTo(of("C'est nul service lent.").hashes());
    }

    @Test
    void anEndlessTextIsReadToALimit() {
        assertThat(of("mot ".repeat(100_000)).hashes()).hasSizeLessThan(100);
        assertThat(of("x".repeat(1_000_000)).hashes()).hasSizeLessThan(100);
        assertThat(of("").hashes()).isEmpty();
    }

    private static long shared(String one, String other) {
        int[] hashes = of(other).hashes();
        return Arrays.stream(of(one).hashes())
                .filter(hash -> Arrays.binarySearch(hashes, hash) >= 0)
                .count();
    }

    private static Stretches of(String text) {
        return Stretches.of(Tokenizer.tokenize(text));
    }
}
