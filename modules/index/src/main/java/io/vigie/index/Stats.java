package io.vigie.index;

import java.util.OptionalDouble;

/**
 * The numbers of a whole result, summed up.
 *
 * @param sentiment mean sentiment in [-1, 1]; empty when the result is
 * @param severe verbatims of severity {@value #SEVERE_MIN} and above
 * @param churn verbatims with a risk of churn of {@value #CHURN_MIN} and above
 * @param promoters answers of {@value #PROMOTER_MIN} and above to "would you recommend us?"
 * @param passives answers between
 * @param detractors answers of {@value #DETRACTOR_MAX} and below
 * @param csat mean satisfaction in [1, 5]; empty when nobody answered
 * @param csatAnswers verbatims with a satisfaction
 */
public record Stats(
        OptionalDouble sentiment,
        long severe,
        long churn,
        long promoters,
        long passives,
        long detractors,
        OptionalDouble csat,
        long csatAnswers) {
    public static final int SEVERE_MIN = 3;
    public static final double CHURN_MIN = 0.5;
    public static final int PROMOTER_MIN = 9;
    public static final int DETRACTOR_MAX = 6;

    /** Verbatims with an answer from 0 to 10 to "would you recommend us?". */
    public long npsAnswers() {
        return promoters + passives + detractors;
    }

    /** The Net Promoter Score in points, from -100 to 100; empty when nobody answered. */
    public OptionalDouble nps() {
        long answers = npsAnswers();
        return answers == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (promoters - detractors) / answers);
    }
}
