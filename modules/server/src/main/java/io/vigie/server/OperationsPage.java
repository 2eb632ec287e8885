package io.vigie.server;

import io.vigie.index.VerbatimIndex;
import io.vigie.server.DeadLetterCauses.Cause;
import io.vigie.server.access.Right;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Notice;
import io.vigie.server.page.OperationsView;
import io.vigie.server.page.OperationsView.Check;
import io.vigie.server.page.OperationsView.Rebuild;
import io.vigie.server.page.OperationsView.Stage;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /etat}: how the pipeline stands, from where events come in to where they are found. It asks no search. */
final class OperationsPage {
    private static final Logger log = LoggerFactory.getLogger(OperationsPage.class);
    private static final int CAUSES_MAX = 50;
    private static final double QUANTILE = 0.99;
    /** Beyond, events come in faster than they are dealt with, or somebody has stopped. */
    private static final long LAG_MANY = 10_000;

    private static final double MEGABYTE = 1e6;
    private static final double BYTES_FEW = 10 * MEGABYTE;

    private final Pages pages;
    private final Health health;
    private final ReadYourWrites writes;
    private final VerbatimIndex index;
    private final DeadLetterDirectory deadLetters;
    private final Meters meters;
    private final boolean replays;

    /** @param replays whether dead letters can be sent back from here */
    OperationsPage(
            Pages pages,
            Health health,
            ReadYourWrites writes,
            VerbatimIndex index,
            DeadLetterDirectory deadLetters,
            Meters meters,
            boolean replays) {
        this.pages = pages;
        this.health = health;
        this.writes = writes;
        this.index = index;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.replays = replays;
    }

    PageAnswer page(PageRequest request) throws Refusal {
        Parameters.of(request.query(), Set.of(), "");
        Wording in = request.wording();
        List<Check> checks =
                health.findings().stream().map(each -> check(each, in)).toList();
        long down = checks.stream().filter(each -> each.look().equals("bad")).count();
        List<BuriedRecord> letters = DeadLettersPage.kept(deadLetters, pages.now());
        long waiting = letters.stream().filter(each -> !each.sentBack()).count();
        List<Cause> causes = DeadLetterCauses.of(letters);
        boolean sends =
                replays && request.user().filter(user -> user.may(Right.CURATE)).isPresent();
        var view = new OperationsView(
                pages.bareFrame(request, in.say("state.title"), Optional.of(Section.STATE), LoopPages.STYLE),
                down == 0 ? in.say("state.well") : in.count("state.ill", down),
                down == 0,
                stages(waiting, in),
                checks,
                rebuild(in),
                index(in),
                in.count("state.dead", letters.size()),
                causes.stream()
                        .limit(CAUSES_MAX)
                        .map(cause -> cause(cause, sends, in))
                        .toList(),
                deadLetters.isCut() ? Optional.of(in.say("state.dead.cut", DeadLetterView.KEPT_MAX)) : Optional.empty(),
                letters.isEmpty() ? Optional.of(notice(in)) : Optional.empty());
        return PageAnswer.page(Templates.operations(view));
    }

    private static Check check(Health.Finding finding, Wording in) {
        String name = in.name("value.check." + finding.name(), finding.name());
        return switch (finding.state()) {
            case Health.Up() -> new Check(name, finding.name(), in.say("state.up"), "good", "", false);
            case Health.Busy(String detail) -> check(name, finding.name(), in.say("state.busy"), "", detail, in);
            case Health.Down(String detail) -> check(name, finding.name(), in.say("state.down"), "bad", detail, in);
        };
    }

    private static Check check(String name, String id, String state, String look, String detail, Wording in) {
        return new Check(name, id, state, look, HealthWords.said(detail, in), HealthWords.isEnglish(detail, in));
    }

    private List<Stage> stages(long waiting, Wording in) {
        var stages = new ArrayList<Stage>();
        try {
            ReadYourWrites.Lag lag = writes.lag();
            stages.add(
                    lag.events().isPresent()
                            ? lagging(in.say("state.lag.events"), lag.events().getAsLong(), in)
                            : unknown(in.say("state.lag.events"), in.say("state.lag.unread"), ""));
            stages.add(lagging(in.say("state.lag.verbatims"), lag.verbatims(), in));
        } catch (UnknownOffsetsException e) {
            log.debug("told on the page", e);
            stages.add(unknown(in.say("state.lag.events"), in.say("state.lag.unknown"), "bad"));
            stages.add(unknown(in.say("state.lag.verbatims"), in.say("state.lag.unknown"), "bad"));
        }
        stages.add(freshness(in));
        stages.add(new Stage(
                in.say("state.searchable"),
                in.number(index.documents()),
                in.count("state.searchable.note", index.documents()),
                "",
                Optional.of(Section.SEARCH.address())));
        stages.add(new Stage(
                in.say("state.buried"),
                in.number(waiting),
                in.say("state.buried.note"),
                waiting > 0 ? "bad" : "good",
                Optional.of(DeadLettersPage.PATH)));
        return stages;
    }

    private static Stage lagging(String name, long records, Wording in) {
        return new Stage(
                name,
                in.number(records),
                in.count("state.lag.note", records),
                records >= LAG_MANY ? "bad" : "good",
                Optional.empty());
    }

    private static Stage unknown(String name, String note, String look) {
        return new Stage(name, "–", note, look, Optional.empty());
    }

    private Stage freshness(Wording in) {
        Optional<Meters.Quantile> found = meters.quantile("vigie.freshness", QUANTILE);
        if (found.isEmpty()) {
            return new Stage(in.say("state.fresh"), "–", in.say("state.fresh.none"), "", Optional.empty());
        }
        Meters.Quantile fresh = found.get();
        return new Stage(
                in.say("state.fresh"),
                fresh.atMost()
                        .map(most -> in.say("state.fresh.atmost", seconds(most, in)))
                        .orElseGet(() -> in.say("state.fresh.more")),
                in.count("state.fresh.note", fresh.count(), in.percent(QUANTILE)),
                fresh.atMost().isPresent() ? "good" : "bad",
                Optional.empty());
    }

    private static String seconds(Duration most, Wording in) {
        long millis = most.toMillis();
        return millis < 1_000
                ? in.say("state.millis", millis)
                : in.say("state.seconds", in.decimal(millis / 1e3, millis % 1_000 == 0 ? 0 : 1));
    }

    private Optional<Rebuild> rebuild(Wording in) {
        OptionalDouble ratio = meters.gauge("vigie.index.rebuild.ratio");
        if (ratio.isEmpty()) {
            return Optional.empty();
        }
        double done = Math.clamp(ratio.getAsDouble(), 0, 1);
        return Optional.of(new Rebuild(
                in.say("state.rebuild", in.percent(Math.floor(100 * done) / 100)),
                String.format(Locale.ROOT, "%.1f%%", 100 * done)));
    }

    private List<Fact> index(Wording in) {
        var facts = new ArrayList<Fact>();
        facts.add(Fact.of(in.say("state.documents"), in.number(index.documents()), Section.SEARCH.address()));
        Instant now = pages.now();
        facts.add(Fact.of(
                in.say("state.commit"),
                index.committedAt()
                        .map(at -> in.say("state.commit.age", at, in.lasting(Duration.between(at, now))))
                        .orElseGet(() -> in.say("state.commit.none"))));
        facts.add(Fact.of(
                in.say("state.damage"),
                index.damage()
                        .map(damage -> in.say("state.damage.found", damage.file()))
                        .orElseGet(() ->
                                index.showsRemains() ? in.say("state.damage.remains") : in.say("state.damage.none"))));
        meters.gauge("vigie.index.bytes")
                .ifPresent(bytes -> facts.add(Fact.of(
                        in.say("state.bytes"),
                        in.say("state.megabytes", in.decimal(bytes / MEGABYTE, bytes < BYTES_FEW ? 2 : 0)))));
        meters.gauge("vigie.index.segments")
                .ifPresent(segments -> facts.add(Fact.of(in.say("state.segments"), in.number(Math.round(segments)))));
        index.erasedSince()
                .ifPresent(at -> facts.add(Fact.of(in.say("state.erasing"), in.say("state.erasing.since", at))));
        return facts;
    }

    private static OperationsView.Cause cause(Cause cause, boolean sends, Wording in) {
        var key = cause.key();
        return new OperationsView.Cause(
                reason(key.reason(), in),
                key.reason(),
                in.say("state.cause.where", stage(key.stage(), in), key.topic()),
                in.number(cause.count()),
                DeadLettersPage.PATH + "?reason=" + Addresses.encoded(key.reason()) + "&stage="
                        + Addresses.encoded(key.stage()) + "&topic=" + Addresses.encoded(key.topic()),
                in.moment(cause.first()),
                in.moment(cause.last()),
                in.number(cause.sentBack()),
                key.replay().filter(_ -> cause.isWaiting()),
                sends && key.isOfEvents() && cause.isWaiting()
                        ? Optional.of(ReplayPage.at(key.reason(), key.topic()))
                        : Optional.empty(),
                advice(cause, in));
    }

    private static String advice(Cause cause, Wording in) {
        if (!cause.isWaiting()) {
            return in.say("state.cause.done");
        }
        return cause.key().isOfEvents() ? in.say("state.cause.replay") : in.say("state.cause.rebuild");
    }

    static String reason(String reason, Wording in) {
        return in.name("value.reason." + reason, reason);
    }

    static String stage(String stage, Wording in) {
        return in.name("value.stage." + stage, stage);
    }

    private Notice notice(Wording in) {
        return switch (deadLetters.state()) {
            case Health.Up() ->
                new Notice(
                        Notice.Kind.EMPTY,
                        in.say("state.dead.none"),
                        List.of(Notice.tip(in.say("state.dead.none.what"))));
            case Health.Busy(String detail) -> reading(detail, in);
            case Health.Down(String detail) -> reading(detail, in);
        };
    }

    private static Notice reading(String detail, Wording in) {
        return new Notice(
                Notice.Kind.WORKING,
                in.say("state.dead.reading"),
                List.of(Notice.tip(HealthWords.said(detail, in)), Notice.command("", "vigie dead-letters list")));
    }
}
