package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.OneSignalView;
import io.vigie.server.page.SignalCard;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What people type into the forms of a signal, as they typed it, so that a form with something wrong comes back as it was.
 *
 * @param which form it is; empty for none
 * @param id of the action that it becomes: sent twice, it is one
 * @param name of the saved search
 * @param offer what a decision about picked verbatims is about; that of the signal is known
 * @param theme as {@code offer}
 * @param picked ids of verbatims
 * @param error what is wrong, in the language of the page
 * @param detail what is wrong, as the API says it
 */
record SignalForm(
        String which,
        String id,
        String name,
        String minimum,
        boolean isAlert,
        String title,
        String text,
        String author,
        boolean isMeasure,
        String day,
        String offer,
        String theme,
        List<String> picked,
        String reason,
        int days,
        Optional<String> error,
        Optional<SignalCard.Quote> detail) {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int DAYS_MAX = 366;
    private static final int MUTED_DAYS = 30;
    private static final List<Integer> DAYS = List.of(7, MUTED_DAYS, 90);
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "minimum",
            "alert",
            "title",
            "text",
            "author",
            "kind",
            "day",
            "offer",
            "theme",
            "verbatim",
            "reason",
            "days");
    private static final String MEASURE = "measure";

    SignalForm {
        picked = List.copyOf(picked);
    }

    /** With what is likely wanted. */
    static SignalForm fresh(String title, List<Verbatim> verbatims, Instant now, ZoneId zone) {
        return new SignalForm(
                "",
                UUID.randomUUID().toString(),
                title,
                "1",
                true,
                "",
                "",
                "",
                false,
                LocalDate.ofInstant(now, zone).toString(),
                "",
                "",
                verbatims.stream().map(Verbatim::getVerbatimId).toList(),
                "",
                MUTED_DAYS,
                Optional.empty(),
                Optional.empty());
    }

    static SignalForm read(String which, PageRequest request) throws Refusal, IOException {
        String body = new String(request.upload().read(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        Parameters form = Parameters.of(body, FIELDS, "text");
        return new SignalForm(
                which,
                form.one("id").orElseGet(() -> UUID.randomUUID().toString()),
                typed(form, "name"),
                form.one("minimum").orElse("1").strip(),
                form.one("alert").isPresent(),
                typed(form, "title"),
                typed(form, "text"),
                request.signed(typed(form, "author")),
                form.one("kind").filter(MEASURE::equals).isPresent(),
                typed(form, "day"),
                typed(form, "offer"),
                typed(form, "theme"),
                form.each("verbatim").stream()
                        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                        .toList(),
                typed(form, "reason"),
                Math.max(1, form.number("days", MUTED_DAYS, DAYS_MAX)),
                Optional.empty(),
                Optional.empty());
    }

    private static String typed(Parameters form, String name) throws Refusal {
        return form.one(name).orElse("").strip();
    }

    SignalForm wrong(String said, Optional<SignalCard.Quote> why) {
        return new SignalForm(
                which,
                id,
                name,
                minimum,
                isAlert,
                title,
                text,
                author,
                isMeasure,
                day,
                offer,
                theme,
                picked,
                reason,
                days,
                Optional.of(said),
                why);
    }

    /** @param address of the signal's page */
    OneSignalView.Forms view(String address, List<Verbatim> verbatims, boolean isMuted, boolean isTested, Wording in) {
        return new OneSignalView.Forms(
                address,
                id,
                which,
                error,
                detail,
                name,
                minimum,
                isAlert,
                title,
                text,
                author,
                isMeasure,
                day,
                verbatims.stream().map(this::pick).toList(),
                reason,
                DAYS.stream()
                        .map(each -> new OneSignalView.Days(each, in.say("range.days", each), each == days))
                        .toList(),
                isMuted,
                isTested);
    }

    private OneSignalView.Pick pick(Verbatim verbatim) {
        SignalCard.Quote quote = SignalTelling.quote(verbatim);
        return new OneSignalView.Pick(
                "pick-" + verbatim.getVerbatimId(),
                Addresses.encoded(verbatim.getVerbatimId()),
                quote.text(),
                quote.language(),
                picked.contains(verbatim.getVerbatimId()));
    }
}
