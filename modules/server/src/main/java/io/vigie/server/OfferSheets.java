package io.vigie.server;

import io.vigie.events.Intent;
import io.vigie.events.Offer;
import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.Questions.State;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Makes the sheets that agents read about an offer. */
final class OfferSheets {
    private static final int ANSWERS_MAX = 100;
    private static final int THEMES_MAX = 10;
    /** How far back a sheet looks for what customers complain about. */
    private static final Duration PERIOD = Duration.ofDays(90);

    private final Questions questions;
    private final OfferDirectory offers;
    private final SearchEndpoint search;
    private final InstantSource clock;

    OfferSheets(Questions questions, OfferDirectory offers, SearchEndpoint search, InstantSource clock) {
        this.questions = questions;
        this.offers = offers;
        this.search = search;
        this.clock = clock;
    }

    /**
     * What an agent needs to know of an offer.
     *
     * @param open how many questions have no answer
     * @param answered how many have one
     * @param answers of those the most asked first, at most {@value #ANSWERS_MAX}
     * @param searched the complaints of the period
     * @param complaints how many they are
     * @param themes of these complaints, the most frequent first, at most {@value #THEMES_MAX}
     */
    record Sheet(
            Offer offer,
            int open,
            int answered,
            List<QuestionJson> answers,
            SearchRequest searched,
            long complaints,
            List<Count> themes) {
        Sheet {
            answers = List.copyOf(answers);
            themes = List.copyOf(themes);
        }

        SearchRequest searched(Count theme) {
            return searched.withFilter(Dimension.THEME, theme.value());
        }
    }

    Sheet sheet(String offerId) throws Refusal, IOException {
        Offer offer = offers.offer(offerId)
                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no offer has this id; GET /api/v1/offers lists them"));
        Instant now = clock.instant();
        var complaints = SearchRequest.of("")
                .withFilter(Dimension.OFFER, offerId)
                .withFilter(Dimension.INTENT, Intent.COMPLAINT.name())
                .withFrom(now.minus(PERIOD))
                .withTo(now);
        SearchResult result =
                search.answered(Endpoint.SHEET, complaints.withSize(0).withFacets(Set.of(Dimension.THEME)));
        List<QuestionJson> answered = questions.of(offerId, State.ANSWERED).stream()
                .sorted(Comparator.<QuestionJson, Long>comparing(
                                each -> each.question().getCustomers())
                        .reversed())
                .toList();
        List<Count> themes = result.facets().getOrDefault(Dimension.THEME, List.of());
        return new Sheet(
                offer,
                questions.of(offerId, State.OPEN).size(),
                answered.size(),
                answered.subList(0, Math.min(ANSWERS_MAX, answered.size())),
                complaints,
                result.total(),
                themes.subList(0, Math.min(THEMES_MAX, themes.size())));
    }
}
