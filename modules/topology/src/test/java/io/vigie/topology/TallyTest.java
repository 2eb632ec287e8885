package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 100, 300})
    void aFewCustomersAreCountedOneByOne(int customers) {
        assertThat(of(customers).distinctCustomers()).isEqualTo(customers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 20_000})
    void manyCustomersAreEstimatedWithinFiveStandardErrors(int customers) {
        assertThat(of(customers).distinctCustomers())
                .isCloseTo(customers, Percentage.withPercentage(5 * 100 * Tally.STANDARD_ERROR));
    }

    @Test
    void aCustomerWhoSpeaksAgainIsStillOne() {
        var twice = Tally.sum(Tally.sum(of(5), one("customer-1")), one("customer-2"));

        assertThat(Objects.requireNonNull(twice).distinctCustomers()).isEqualTo(5);
    }

    @Test
    void aTallyIsNeverLargerThanItsSketchAndSomeNumbers() {
        byte[] stored = StoredForm.serde(Tally::write, Tally::read).serializer().serialize("rows", of(20_000));

        assertThat(stored.length).isLessThan(2_200);
    }

    @Test
    void aTallyIsReadBackAsItWasWritten() {
        var serde = StoredForm.serde(Tally::write, Tally::read);
        var tally = of(12);

        var read = serde.deserializer().deserialize("rows", serde.serializer().serialize("rows", tally));

        assertThat(read.sum()).isEqualTo(tally.sum());
        assertThat(read.customers()).isEqualTo(tally.customers());
    }

    @Test
    void nothingIsLeftOverWhenAllIsTakenAway() {
        var one = new Contribution(1, 1, 0, 1, Math.round(0.1 * Contribution.NANOS), 700_000_000L, "anne");
        var other = new Contribution(1, 0, 0, 0, Math.round(0.2 * Contribution.NANOS), 100_000_000L, null);
        var both = Objects.requireNonNull(Tally.sum(Tally.sum(null, one), other));

        var left = Objects.requireNonNull(Tally.sum(both, one.negated()));

        assertThat(left.sum()).isEqualTo(other);
        assertThat(left.sum().sentimentNanos() / Contribution.NANOS).isCloseTo(0.2, within(0.0));
        assertThat(Tally.sum(left, other.negated())).isNull();
    }

    @Test
    void aSumThatIsNotKnownStaysSoAndIsReadBackAsSuch() {
        var serde = StoredForm.serde(Tally::write, Tally::read);
        var unknown = Tally.sum(of(3), new Contribution(1, 0, 0, 0, 0, null, null));

        var read = serde.deserializer().deserialize("rows", serde.serializer().serialize("rows", unknown));

        assertThat(read.sum().churnRiskNanos()).isNull();
        assertThat(Objects.requireNonNull(Tally.sum(read, one("dora"))).sum().churnRiskNanos())
                .isNull();
    }

    private static Tally of(int customers) {
        Tally tally = null;
        for (int i = 0; i < customers; i++) {
            tally = Tally.sum(tally, one("customer-" + i));
        }
        return Objects.requireNonNull(tally);
    }

    private static Contribution one(String customer) {
        return new Contribution(1, 0, 0, 0, 0, 0L, customer);
    }
}
