package io.vigie.server;

import io.vigie.events.DeadLetter;
import io.vigie.events.TopicSpec;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Chip;
import io.vigie.server.page.DeadLettersView;
import io.vigie.server.page.DeadLettersView.Entry;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code /etat/rebuts}: dead letters one by one, without what their records say. */
final class DeadLettersPage {
    static final String PATH = "/etat/rebuts";

    private static final int SHOWN_MAX = 100;
    private static final String REASON = "reason";
    private static final String STAGE = "stage";
    private static final String TOPIC = "topic";

    private final Pages pages;
    private final DeadLetterDirectory deadLetters;

    DeadLettersPage(Pages pages, DeadLetterDirectory deadLetters) {
        this.pages = pages;
        this.deadLetters = deadLetters;
    }

    /** Those that may still be in their topic; the newest first. */
    static List<BuriedRecord> kept(DeadLetterDirectory deadLetters, Instant now) {
        Instant oldest = now.minus(TopicSpec.DEAD_LETTER_GONE_AFTER);
        return deadLetters.deadLetters().stream()
                .filter(each -> each.producedAt().isAfter(oldest))
                .toList();
    }

    PageAnswer page(PageRequest request) throws Refusal {
        var parameters = Parameters.of(request.query(), Set.of(REASON, STAGE, TOPIC), "");
        var wanted = new TreeMap<String, String>();
        for (String name : List.of(REASON, STAGE, TOPIC)) {
            parameters.one(name).ifPresent(value -> wanted.put(name, value));
        }
        Wording in = request.wording();
        List<BuriedRecord> found = kept(deadLetters, pages.now()).stream()
                .filter(each -> takes(each.letter(), wanted))
                .toList();
        var view = new DeadLettersView(
                pages.bareFrame(request, in.say("dead.title"), Optional.of(Section.STATE), LoopPages.STYLE),
                in.count("state.dead", found.size()),
                chips(wanted, in),
                PATH,
                found.stream().limit(SHOWN_MAX).map(each -> entry(each, in)).toList(),
                found.size() > SHOWN_MAX ? Optional.of(in.say("dead.more", SHOWN_MAX, found.size())) : Optional.empty(),
                found.isEmpty() ? Optional.of(notice(in)) : Optional.empty());
        return PageAnswer.page(Templates.deadLetters(view));
    }

    private static boolean takes(DeadLetter letter, Map<String, String> wanted) {
        return letter.reason().equals(wanted.getOrDefault(REASON, letter.reason()))
                && letter.stage().equals(wanted.getOrDefault(STAGE, letter.stage()))
                && letter.topic().equals(wanted.getOrDefault(TOPIC, letter.topic()));
    }

    private static List<Chip> chips(Map<String, String> wanted, Wording in) {
        var chips = new ArrayList<Chip>();
        wanted.forEach((name, value) -> chips.add(
                switch (name) {
                    case REASON ->
                        new Chip(in.say("dead.reason"), OperationsPage.reason(value, in), false, without(wanted, name));
                    case STAGE ->
                        new Chip(in.say("dead.stage"), OperationsPage.stage(value, in), false, without(wanted, name));
                    default -> new Chip(in.say("dead.topic"), value, false, without(wanted, name));
                }));
        return chips;
    }

    private static String without(Map<String, String> wanted, String name) {
        var pairs = new ArrayList<String>();
        wanted.forEach((other, value) -> {
            if (!other.equals(name)) {
                pairs.add(other + "=" + Addresses.encoded(value));
            }
        });
        return PATH + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    private static Entry entry(BuriedRecord each, Wording in) {
        DeadLetter letter = each.letter();
        return new Entry(
                in.moment(each.producedAt()),
                OperationsPage.reason(letter.reason(), in),
                letter.topic() + " " + letter.partition() + "-" + letter.offset(),
                OperationsPage.stage(letter.stage(), in),
                letter.detail(),
                "vigie dead-letters show " + each.place(),
                each.sentBack() ? in.say("dead.sentback") : in.say("dead.waiting"));
    }

    private static Notice notice(Wording in) {
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("dead.none"),
                List.of(Notice.way(in.say("dead.back"), Section.STATE.address())));
    }
}
