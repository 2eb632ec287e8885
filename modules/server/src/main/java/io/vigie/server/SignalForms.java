package io.vigie.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.Signal;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.SignalCard;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What people do about a signal, with forms: {@code POST /signaux/{id}/recherche} saves a search, {@code /decision} records
 * what was decided, {@code /sourdine} has it not told for a while and {@code /reprise} has it told again. Each is what the API
 * does with the same; what is refused comes back as the page with the form as it was sent.
 */
final class SignalForms {
    static final String SAVED = "recherche";
    static final String DECIDED = "decision";
    static final String MUTED = "sourdine";
    static final String HEARD = "reprise";

    private final Pages pages;
    private final SignalTelling signals;
    private final SignalPage page;
    private final SearchesEndpoint searches;
    private final ActionsEndpoint actions;

    SignalForms(
            Pages pages, SignalTelling signals, SignalPage page, SearchesEndpoint searches, ActionsEndpoint actions) {
        this.pages = pages;
        this.signals = signals;
        this.page = page;
        this.searches = searches;
        this.actions = actions;
    }

    PageAnswer save(PageRequest request) throws Refusal, IOException {
        return sent(request, SAVED, (signal, form) -> searches.create(search(signal, form), request.user()));
    }

    PageAnswer decide(PageRequest request) throws Refusal, IOException {
        return sent(
                request,
                DECIDED,
                (signal, form) -> actions.create(decision(signal.getOfferId(), signal.getTheme(), form, pages.zone())));
    }

    PageAnswer mute(PageRequest request) throws Refusal, IOException {
        Wording in = request.wording();
        return sent(request, MUTED, (signal, form) -> {
            ObjectNode comment = comment(
                    signal,
                    form,
                    SignalMutes.mutes(signal, form.id()),
                    in.say("mute.title", signals.title(signal, in)));
            comment.put("windowDays", form.days());
            comment.put("text", form.reason());
            actions.create(comment);
        });
    }

    PageAnswer hear(PageRequest request) throws Refusal, IOException {
        Wording in = request.wording();
        return sent(request, HEARD, (signal, form) -> {
            ObjectNode comment = comment(
                    signal,
                    form,
                    SignalMutes.hears(signal, form.id()),
                    in.say("mute.end.title", signals.title(signal, in)));
            comment.put("text", in.say("mute.end.text"));
            actions.create(comment);
        });
    }

    private interface Doing {
        void act(Signal signal, SignalForm form) throws Refusal, IOException;
    }

    private PageAnswer sent(PageRequest request, String which, Doing doing) throws Refusal, IOException {
        Optional<Signal> found = signals.signal(request.place("id"));
        if (found.isEmpty()) {
            return page.unknown(request);
        }
        Signal signal = found.get();
        SignalForm form = SignalForm.read(which, request);
        Wording in = request.wording();
        Optional<String> missing = missing(form, in);
        if (missing.isPresent()) {
            return page.again(request, signal, form.wrong(missing.get(), Optional.empty()), Fault.BAD_REQUEST.status);
        }
        try {
            doing.act(signal, form);
        } catch (Refusal refusal) {
            return page.again(
                    request,
                    signal,
                    refused(form, refusal, in),
                    refusal.problem().status());
        }
        return PageAnswer.seeOther(SignalTelling.path(signal) + "?done=" + which);
    }

    /** The form with what the API says is wrong with it. */
    static SignalForm refused(SignalForm form, Refusal refusal, Wording in) {
        Problem problem = refusal.problem();
        return form.wrong(Pages.title(problem.fault(), in), Optional.of(detail(problem, in)));
    }

    private static SignalCard.Quote detail(Problem problem, Wording in) {
        return new SignalCard.Quote(
                Refusals.said(problem.detail(), in),
                Refusals.isEnglish(problem.detail(), in) ? "en" : in.language().code());
    }

    /** What is not there and must be; the rest is seen by whom it is handed to. */
    private static Optional<String> missing(SignalForm form, Wording in) {
        return switch (form.which()) {
            case SAVED -> form.name().isEmpty() ? Optional.of(in.say("form.missing.name")) : minimum(form, in);
            case DECIDED -> missingOfDecision(form, in);
            case MUTED ->
                form.reason().isEmpty() ? Optional.of(in.say("form.missing.reason")) : missingAuthor(form, in);
            default -> missingAuthor(form, in);
        };
    }

    private static Optional<String> minimum(SignalForm form, Wording in) {
        return form.minimum().matches("[1-9][0-9]{0,5}") ? Optional.empty() : Optional.of(in.say("form.wrong.minimum"));
    }

    static Optional<String> missingOfDecision(SignalForm form, Wording in) {
        if (form.title().isEmpty()) {
            return Optional.of(in.say("form.missing.title"));
        }
        if (form.picked().isEmpty()) {
            return Optional.of(in.say("form.missing.verbatims"));
        }
        if (date(form).isEmpty()) {
            return Optional.of(in.say("form.wrong.day"));
        }
        return missingAuthor(form, in);
    }

    private static Optional<String> missingAuthor(SignalForm form, Wording in) {
        return form.author().isEmpty() ? Optional.of(in.say("form.missing.author")) : Optional.empty();
    }

    private static Optional<LocalDate> date(SignalForm form) {
        try {
            return Optional.of(LocalDate.parse(form.day()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What the signal is about, about its offer, whenever it is said. */
    private ObjectNode search(Signal signal, SignalForm form) {
        SearchRequest asked = SignalTelling.asked(signal);
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("q", asked.query());
        for (Dimension dimension : Dimension.values()) {
            asked.filters()
                    .getOrDefault(dimension, List.of())
                    .forEach(value -> search.withArray(dimension.parameter()).add(value));
        }
        search.put("zone", pages.zone().getId());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", form.name());
        body.put("active", form.isAlert());
        body.put("minimumCount", Integer.parseInt(form.minimum()));
        body.set("search", search);
        return body;
    }

    /** @param zone in which the day begins on which it takes effect */
    static ObjectNode decision(String offer, Optional<String> theme, SignalForm form, ZoneId zone) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", form.id());
        body.put("kind", form.isMeasure() ? "measure" : "decision");
        body.put("offer", offer);
        theme.ifPresent(each -> body.put("theme", each));
        var verbatims = body.putArray("verbatims");
        form.picked().forEach(verbatims::add);
        body.put("title", form.title());
        body.put("text", form.text());
        body.put("author", form.author());
        body.put(
                "effectiveAt",
                date(form).orElseThrow().atStartOfDay(zone).toOffsetDateTime().toString());
        return body;
    }

    private static ObjectNode comment(Signal signal, SignalForm form, String id, String title) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", id);
        body.put("kind", "comment");
        body.put("offer", signal.getOfferId());
        signal.getTheme().ifPresent(theme -> body.put("theme", theme));
        body.put("title", title);
        body.put("author", form.author());
        return body;
    }
}
