package io.vigie.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WordingTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Wording FRENCH = new Wording(Language.FRENCH, PARIS);
    private static final Wording ENGLISH = new Wording(Language.ENGLISH, PARIS);
    private static final String NARROW = "\u202f";

    @Test
    void numbersAreGroupedAsEachLanguageDoes() {
        assertThat(FRENCH.number(1_234_567)).isEqualTo("1" + NARROW + "234" + NARROW + "567");
        assertThat(ENGLISH.number(1_234_567)).isEqualTo("1,234,567");
        assertThat(FRENCH.number(-12)).isEqualTo("−12");
        assertThat(FRENCH.decimal(1234.56, 1)).isEqualTo("1" + NARROW + "234,6");
        assertThat(FRENCH.decimal(-0.01, 1)).isEqualTo("0,0");
    }

    @Test
    void percentHasADigitMoreWhereItIsSmall() {
        assertThat(FRENCH.percent(12.345)).isEqualTo("1" + NARROW + "235" + NARROW + "%");
        assertThat(FRENCH.percent(0.0345)).isEqualTo("3,5" + NARROW + "%");
        assertThat(ENGLISH.percent(0.0345)).isEqualTo("3.5%");
        assertThat(FRENCH.signedPercent(0.5)).isEqualTo("+50" + NARROW + "%");
        assertThat(FRENCH.signedPercent(-0.5)).isEqualTo("−50" + NARROW + "%");
    }

    @Test
    void datesAreThoseOfTheZone() {
        Instant winter = Instant.parse("2026-11-22T13:05:00Z");
        Instant summer = Instant.parse("2026-07-01T22:30:00Z");

        assertThat(FRENCH.moment(winter)).isEqualTo("22 nov. 2026 14:05");
        assertThat(ENGLISH.moment(winter)).isEqualTo("22 Nov 2026 14:05");
        assertThat(FRENCH.day(summer)).isEqualTo("2 juil. 2026");
        assertThat(FRENCH.day(LocalDate.of(2026, 3, 1))).isEqualTo("1er mars 2026");
        assertThat(ENGLISH.day(LocalDate.of(2026, 3, 1))).isEqualTo("1 Mar 2026");
    }

    @Test
    void ofNothingFrenchSaysOneAndEnglishSaysMany() {
        assertThat(FRENCH.count("frame.verbatims", 0)).isEqualTo("0 verbatim consultable");
        assertThat(FRENCH.count("frame.verbatims", 1)).isEqualTo("1 verbatim consultable");
        assertThat(FRENCH.count("frame.verbatims", 2)).isEqualTo("2 verbatims consultables");
        assertThat(ENGLISH.count("frame.verbatims", 0)).isEqualTo("0 searchable verbatims");
        assertThat(ENGLISH.count("frame.verbatims", 1)).isEqualTo("1 searchable verbatim");
    }

    @Test
    void aValueWithBracesStaysAsItIs() {
        assertThat(FRENCH.say("chips.except", "{0} et {1}")).isEqualTo("sauf {0} et {1}");
    }

    @Test
    void aNameAndItsValueAreSetAsEachLanguageDoes() {
        assertThat(FRENCH.pair("Offre", "fibre")).isEqualTo("Offre" + NARROW + ":\u00a0fibre");
        assertThat(ENGLISH.pair("Offer", "fibre")).isEqualTo("Offer:\u00a0fibre");
        assertThat(FRENCH.quoted("port 25")).isEqualTo("«" + NARROW + "port 25" + NARROW + "»");
    }

    @Test
    void timeThatHasGoneByIsToldInItsLargestUnit() {
        assertThat(FRENCH.lasting(Duration.ofSeconds(3))).isEqualTo("3 s");
        assertThat(FRENCH.lasting(Duration.ofMinutes(90))).isEqualTo("1 h");
        assertThat(FRENCH.lasting(Duration.ofDays(3))).isEqualTo("3 jours");
    }

    @Test
    void aTextThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> FRENCH.say("no.such.text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.such.text");
    }
}
