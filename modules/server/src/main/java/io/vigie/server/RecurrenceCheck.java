package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.Recurrence.Windows;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tests from the index whether what was decided has helped. Each number is the total of a search whose address stands beside
 * it, so that whoever doubts it reads the list.
 */
final class RecurrenceCheck {
    private final SearchEndpoint search;
    private final InstantSource clock;

    RecurrenceCheck(SearchEndpoint search, InstantSource clock) {
        this.search = search;
        this.clock = clock;
    }

    /** The searches of the four counts. */
    record Searches(SearchRequest before, SearchRequest beforeOf, SearchRequest after, SearchRequest afterOf) {}

    /** A test with the searches that its numbers are the totals of. */
    record Tested(Recurrence recurrence, Searches searches) {}

    /** Empty for an action that is no decision or measure about a theme. */
    Optional<Tested> test(Action action) throws Refusal, IOException {
        boolean acts = action.getKind() == ActionKind.DECISION || action.getKind() == ActionKind.MEASURE;
        if (!acts || action.getTheme().isEmpty()) {
            return Optional.empty();
        }
        var windows = Windows.of(action.getEffectiveAt(), Duration.ofDays(action.getWindowDays()), clock.instant());
        var searches = searches(action, action.getTheme().get(), windows);
        if (!windows.begun()) {
            return Optional.of(new Tested(Recurrence.of(windows, 0, 0, 0, 0), searches));
        }
        var recurrence = Recurrence.of(
                windows,
                total(searches.before()),
                total(searches.beforeOf()),
                total(searches.after()),
                total(searches.afterOf()));
        return Optional.of(new Tested(recurrence, searches));
    }

    private static Searches searches(Action action, String theme, Windows windows) {
        var offer = SearchRequest.of("").withFilter(Dimension.OFFER, action.getOfferId());
        var before = offer.withFrom(windows.from()).withTo(windows.effective());
        var after = offer.withFrom(windows.effective()).withTo(windows.to());
        return new Searches(
                before.withFilter(Dimension.THEME, theme), before, after.withFilter(Dimension.THEME, theme), after);
    }

    private long total(SearchRequest request) throws Refusal, IOException {
        return search.answered(Endpoint.RECURRENCE, request.withSize(0)).total();
    }

    static void write(JsonGenerator out, String name, Tested tested) throws IOException {
        Recurrence recurrence = tested.recurrence();
        RateChange change = recurrence.change();
        Windows windows = recurrence.windows();
        out.writeObjectFieldStart(name);
        out.writeStringField("verdict", recurrence.verdict().name());
        out.writeStringField("because", recurrence.because());
        out.writeBooleanField("windowOver", windows.over());
        out.writeObjectFieldStart("before");
        Document.time(out, "from", windows.from());
        Document.time(out, "to", windows.effective());
        count(
                out,
                change.before(),
                change.beforeOf(),
                tested.searches().before(),
                tested.searches().beforeOf());
        out.writeObjectFieldStart("after");
        Document.time(out, "from", windows.effective());
        Document.time(out, "to", windows.to());
        count(
                out,
                change.after(),
                change.afterOf(),
                tested.searches().after(),
                tested.searches().afterOf());
        if (change.beforeOf() > 0 && change.afterOf() > 0) {
            change(out, recurrence);
        }
        out.writeEndObject();
    }

    private static void count(JsonGenerator out, long cases, long of, SearchRequest casesSearch, SearchRequest ofSearch)
            throws IOException {
        out.writeNumberField("count", cases);
        out.writeStringField("query", SearchAddress.of(casesSearch));
        out.writeNumberField("of", of);
        out.writeStringField("ofQuery", SearchAddress.of(ofSearch));
        out.writeEndObject();
    }

    private static void change(JsonGenerator out, Recurrence recurrence) throws IOException {
        RateChange change = recurrence.change();
        out.writeNumberField("level", recurrence.windows().over() ? Recurrence.LEVEL : Recurrence.EARLY_LEVEL);
        out.writeNumberField("pFewer", change.chanceOfSoFew());
        out.writeNumberField("pMore", change.chanceOfSoMany());
        finite(out, "ratio", change.ratio());
        out.writeNumberField("confidence", RateChange.CONFIDENCE);
        finite(out, "low", change.low());
        finite(out, "high", change.high());
    }

    /** JSON has no infinity: what has no bound is left out. */
    private static void finite(JsonGenerator out, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumberField(name, value);
        }
    }
}
