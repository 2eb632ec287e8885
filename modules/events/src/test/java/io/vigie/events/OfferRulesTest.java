package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class OfferRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"f", "fibre-max", "XPACK_2", "0", "-", "Unassigned"})
    void anIdThatFitsATopicNameIsValid(String id) {
        assertThat(EventRules.check(offer(id).build())).isEqualTo(new Checked.Valid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "fibre max", "fibre.max", "é", "a/b", "..", "a\n", "unassigned"})
    void anIdThatDoesNotFitATopicNameOrIsReservedIsInvalid(String id) {
        assertThat(EventRules.check(offer(id).build()))
                .isEqualTo(new Checked.Invalid(
                        "offer-id",
                        "offerId is \"" + id
                                + "\"; it takes 1 to 200 characters of A-Z a-z 0-9 - _ and is not unassigned"));
    }

    @Test
    void anIdThatIsTooLongIsToldShortened() {
        var checked = EventRules.check(offer("o".repeat(201)).build());

        assertThat(checked).isInstanceOfSatisfying(Checked.Invalid.class, invalid -> {
            assertThat(invalid.reason()).isEqualTo("offer-id");
            assertThat(invalid.detail()).startsWith("offerId is \"" + "o".repeat(40) + "…\";");
        });
    }

    @Test
    void aNameMayHoldAnyLettersUpToItsLimit() {
        var offer = offer("xpack").setName("XPACK « Exclusive » Cloud ++ Méga").setAliases(List.of("n".repeat(512)));

        assertThat(EventRules.check(offer.build())).isEqualTo(new Checked.Valid());
    }

    @Test
    void anOfferMayLieInAnyTime() {
        var offer = offer("future").setLaunchedAt(Instant.EPOCH).setRetiredAt(Instant.parse("2199-01-01T00:00:00Z"));

        assertThat(EventRules.check(offer.build())).isEqualTo(new Checked.Valid());
    }

    @Test
    void anOfferIsSoldUntilItIsRetired() {
        var retired = Instant.parse("2026-03-31T10:15:00Z");

        assertThat(EventRules.isSold(offer("a").build(), Instant.MAX)).isTrue();
        assertThat(EventRules.isSold(offer("a").setRetiredAt(retired).build(), retired.minusMillis(1)))
                .isTrue();
        assertThat(EventRules.isSold(offer("a").setRetiredAt(retired).build(), retired))
                .isFalse();
    }

    @Test
    void aBlankOrLongNameIsInvalid() {
        assertThat(EventRules.check(offer("a").setName(" ").build()))
                .isEqualTo(new Checked.Invalid("blank-name", "name is blank"));
        assertThat(EventRules.check(offer("a").setName("n".repeat(513)).build()))
                .isEqualTo(new Checked.Invalid("field-too-long", "name has 513 characters; at most 512"));
    }

    @Test
    void aBlankOrLongAliasIsInvalid() {
        assertThat(EventRules.check(offer("a").setAliases(List.of("A", "")).build()))
                .isEqualTo(new Checked.Invalid("blank-name", "aliases is blank"));
        assertThat(EventRules.check(
                        offer("a").setAliases(List.of("n".repeat(513))).build()))
                .isEqualTo(new Checked.Invalid("field-too-long", "aliases has 513 characters; at most 512"));
    }

    @Test
    void thereMayBeAHundredAliasesAndNoMore() {
        assertThat(EventRules.check(
                        offer("a").setAliases(Collections.nCopies(100, "A")).build()))
                .isEqualTo(new Checked.Valid());
        assertThat(EventRules.check(
                        offer("a").setAliases(Collections.nCopies(101, "A")).build()))
                .isEqualTo(new Checked.Invalid("too-many-entries", "aliases has 101 entries; at most 100"));
    }

    private static Offer.Builder offer(String id) {
        return Offer.newBuilder().setOfferId(id).setName("Fibre Max");
    }
}
