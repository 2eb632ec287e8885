package io.vigie.server;

import io.vigie.events.Intent;
import io.vigie.index.Bucket;
import io.vigie.index.Comparison;
import io.vigie.index.Dimension;
import io.vigie.index.Refused;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the index says of an offer in a period and in the one before.
 *
 * @param all everything that was said in the period, summed up and over time
 * @param former the sums of the period before
 * @param complaints how many there are, by time
 * @param questions how many there are, by time
 * @param change everything, held against the period before
 * @param complaintChange the complaints alone, held against those of the period before
 */
record OfferFigures(
        String offerId,
        PagePeriod period,
        SearchResult all,
        SearchResult former,
        Map<Instant, Long> complaints,
        Map<Instant, Long> questions,
        Comparison change,
        Comparison complaintChange,
        Pair negative,
        Pair mismatched) {
    /** As the query language calls what is counted. */
    static final String SEVERE = "est:grave";

    static final String LEAVING = "est:partant";
    static final String NEGATIVE = "est:négatif";
    static final String MISMATCH = "est:mauvais-canal";

    private static final int WORDS_MAX = 8;
    /** With so many verbatims there are words to look at. */
    private static final int WORDS_FROM = 1_000;

    /** A count of the period and of the one before. */
    record Pair(long now, long before) {}

    static OfferFigures of(String offerId, PagePeriod period, SearchEndpoint search) throws Refusal, IOException {
        var interval = HistogramWidth.over(period.from(), period.to());
        SearchRequest offer = asking("", offerId);
        SearchRequest counted = period.now(offer).withSize(0).withHistogram(interval, period.zone());
        SearchRequest complaints = of(offer, Intent.COMPLAINT);
        return new OfferFigures(
                offerId,
                period,
                search.answered(Endpoint.SEARCH, counted.withStats()),
                search.answered(
                        Endpoint.SEARCH, period.earlier(offer).withSize(0).withStats()),
                byTime(search.answered(Endpoint.SEARCH, of(counted, Intent.COMPLAINT))),
                byTime(search.answered(Endpoint.SEARCH, of(counted, Intent.QUESTION))),
                compared(offer, period, WORDS_MAX, search),
                compared(complaints, period, 0, search),
                pair(NEGATIVE, offerId, period, search),
                pair(MISMATCH, offerId, period, search));
    }

    /** Whether looking for words would have taken too long. */
    boolean isWithoutWords() {
        return change.wordsTested() == 0
                && change.first().total() > WORDS_FROM
                && change.second().total() > WORDS_FROM;
    }

    /** Whatever was said about an offer that a query finds. */
    static SearchRequest asking(String query, String offerId) {
        return SearchRequest.of(query).withFilter(Dimension.OFFER, offerId);
    }

    static SearchRequest of(SearchRequest request, Intent intent) {
        return request.withFilter(Dimension.INTENT, intent.name());
    }

    private static Map<Instant, Long> byTime(SearchResult result) {
        return result.histogram().stream().collect(Collectors.toUnmodifiableMap(Bucket::start, Bucket::count));
    }

    private static Pair pair(String query, String offerId, PagePeriod period, SearchEndpoint search)
            throws Refusal, IOException {
        SearchRequest asked = asking(query, offerId).withSize(0);
        return new Pair(
                search.answered(Endpoint.SEARCH, period.now(asked)).total(),
                search.answered(Endpoint.SEARCH, period.earlier(asked)).total());
    }

    private static Comparison compared(SearchRequest request, PagePeriod period, int words, SearchEndpoint search)
            throws Refusal, IOException {
        var outcome = search.asked(
                Endpoint.COMPARE, index -> index.compare(period.now(request), period.earlier(request), words));
        return switch (outcome) {
            case Comparison comparison -> comparison;
            // The words cost the most: a page without them is better than none.
            case Refused refused
            when refused.reason() == Refused.Reason.TOO_SLOW && words > 0 -> compared(request, period, 0, search);
            case Refused refused -> throw search.refusal(refused);
        };
    }
}
