package io.vigie.server;

import io.vigie.server.page.Addresses;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Notice;
import io.vigie.server.page.ReplayView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /etat/rejeu}: the dead letters of one cause are counted and, when that is confirmed, sent back. Whoever sends the
 * form twice finds that the second time there was nothing left: each record carries its mark.
 */
final class ReplayPage {
    static final String PATH = "/etat/rejeu";

    private static final Logger log = LoggerFactory.getLogger(ReplayPage.class);
    private static final String REASON = "reason";
    private static final String TOPIC = "topic";
    /** Each reads the whole topic of dead letters. */
    private static final int AT_ONCE_MAX = 1;

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    private static final int RETRY_SECONDS = 5;

    private final Pages pages;
    private final DeadLetterReplay replay;
    private final Admission places = new Admission(AT_ONCE_MAX, WAIT_MAX);

    ReplayPage(Pages pages, DeadLetterReplay replay) {
        this.pages = pages;
        this.replay = replay;
    }

    /** Where the dead letters of a cause are to be sent back. */
    static String at(String reason, String topic) {
        return PATH + "?" + REASON + "=" + Addresses.encoded(reason) + "&" + TOPIC + "=" + Addresses.encoded(topic);
    }

    PageAnswer page(PageRequest request) throws Refusal {
        var parameters = Parameters.of(request.query(), Set.of(REASON, TOPIC), "");
        Cause cause = new Cause(parameters.one(REASON), parameters.one(TOPIC));
        return answered(request, cause, Optional.empty());
    }

    PageAnswer send(PageRequest request) throws Refusal, IOException {
        Form form = Form.of(request, Set.of(REASON, TOPIC), "");
        Cause cause = new Cause(form.find(REASON), form.find(TOPIC));
        try (var _ = place()) {
            long sent = replay.send(cause.reason(), cause.topic());
            log.info("dead letters sent back; reason={} topic={} records={}", cause.reason(), cause.topic(), sent);
            return answered(request, cause, Optional.of(sent));
        } catch (DeadLetterReplay.FailedException e) {
            log.warn("dead letters could not all be sent back; is Kafka well?", e);
            return failed(request, cause, e, "replay.failed");
        }
    }

    /** What dead letters have in common. */
    private record Cause(String reason, String topic) {
        Cause(Optional<String> reason, Optional<String> topic) throws Refusal {
            this(given(REASON, reason), given(TOPIC, topic));
        }

        private static String given(String name, Optional<String> value) throws Refusal {
            return value.orElseThrow(() -> new Refusal(Fault.BAD_PARAMETER, name + " is missing"));
        }
    }

    private Admission.Permit place() throws Refusal {
        return places.enter(1)
                .orElseThrow(() -> new Refusal(
                        Problem.of(Fault.BUSY, "dead letters are sent back right now; try again when that has ended")
                                .retryAfter(RETRY_SECONDS)));
    }

    /** @param sent how many have just been sent */
    private PageAnswer answered(PageRequest request, Cause cause, Optional<Long> sent) {
        Wording in = request.wording();
        DeadLetterReplay.Count count;
        try {
            count = replay.count(cause.reason(), cause.topic());
        } catch (DeadLetterReplay.FailedException e) {
            log.debug("told on the page", e);
            return failed(request, cause, e, "replay.uncounted");
        }
        long now = Math.min(count.waiting(), DeadLetterReplay.RECORDS_MAX);
        var view = new ReplayView(
                pages.bareFrame(request, in.say("replay.title"), Optional.of(Section.STATE), LoopPages.STYLE),
                OperationsPage.reason(cause.reason(), in),
                cause.reason(),
                cause.topic(),
                sent.map(records -> in.count("replay.done", records)),
                Optional.empty(),
                List.of(
                        Fact.of(in.say("replay.waiting"), in.number(count.waiting())),
                        Fact.of(in.say("replay.before"), in.number(count.sentBefore()))),
                count.waiting() > now ? Optional.of(in.say("replay.limit", now, count.waiting())) : Optional.empty(),
                now == 0 ? Optional.empty() : Optional.of(in.count("replay.go", now)));
        return PageAnswer.page(Templates.replay(view));
    }

    private PageAnswer failed(PageRequest request, Cause cause, Exception failure, String title) {
        Wording in = request.wording();
        var notice = new Notice(
                Notice.Kind.PROBLEM,
                in.say(title),
                List.of(
                        Notice.tip(in.say("replay.again")),
                        Notice.tip(String.valueOf(failure.getMessage())),
                        Notice.way(in.say("dead.back"), Section.STATE.address())));
        var view = new ReplayView(
                pages.bareFrame(request, in.say("replay.title"), Optional.of(Section.STATE), LoopPages.STYLE),
                OperationsPage.reason(cause.reason(), in),
                cause.reason(),
                cause.topic(),
                Optional.empty(),
                Optional.of(notice),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return PageAnswer.page(Fault.UNAVAILABLE.status, Templates.replay(view));
    }
}
