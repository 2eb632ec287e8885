package io.vigie.server;

import io.vigie.server.Questions.State;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Chip;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Notice;
import io.vigie.server.page.QuestionsView;
import io.vigie.server.page.QuestionsView.Choice;
import io.vigie.server.page.QuestionsView.Group;
import io.vigie.server.page.QuestionsView.Tab;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code /questions}: what customers ask, the oldest without an answer first, and what was answered. */
final class QuestionsPage {
    private static final int SHOWN_MAX = 25;

    private final Pages pages;
    private final LoopCards cards;
    private final Questions questions;
    private final SearchEndpoint search;

    /** @param search whose refusals these are too */
    QuestionsPage(Pages pages, LoopCards cards, Questions questions, SearchEndpoint search) {
        this.pages = pages;
        this.cards = cards;
        this.questions = questions;
        this.search = search;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        QuestionsWanted wanted = search.read(() -> QuestionsWanted.read(request.query()));
        Wording in = request.wording();
        List<QuestionJson> all = questions.all();
        List<QuestionJson> near = all.stream().filter(wanted::isNear).toList();
        List<QuestionJson> found = sorted(near, wanted);
        int from = Math.min(found.size(), (wanted.page() - 1) * SHOWN_MAX);
        int to = Math.min(found.size(), from + SHOWN_MAX);
        var view = new QuestionsView(
                pages.frame(request, in.say("questions.title"), Optional.of(Section.QUESTIONS), LoopPages.STYLE),
                tabs(near, wanted, in),
                figures(near, wanted, in),
                form(all, wanted, in),
                chips(wanted, in),
                QuestionsWanted.NONE.address(),
                wanted.offer().flatMap(LoopCards::sheetAddress),
                groups(found.subList(from, to), wanted, in),
                found.isEmpty() ? Optional.of(notice(all, wanted, in)) : Optional.empty(),
                wanted.page() > 1 ? Optional.of(wanted.at(wanted.page() - 1).address()) : Optional.empty(),
                to < found.size() ? Optional.of(wanted.at(wanted.page() + 1).address()) : Optional.empty(),
                found.isEmpty() ? "" : in.say("questions.page", from + 1, to, found.size()));
        return PageAnswer.page(Templates.questions(view));
    }

    /** Who searches wants answers first; who lists wants what waits longest, or what was answered last. */
    private static List<QuestionJson> sorted(List<QuestionJson> near, QuestionsWanted wanted) {
        List<QuestionJson> found = near.stream().filter(wanted::takes).toList();
        if (!wanted.words().isEmpty()) {
            List<QuestionJson> best = Questions.bestFirst(found, wanted.words());
            return Stream.concat(
                            best.stream().filter(QuestionJson::answered),
                            best.stream().filter(each -> !each.answered()))
                    .toList();
        }
        if (wanted.state() == State.ANSWERED) {
            return found.stream()
                    .sorted(Comparator.comparing(
                                    (QuestionJson each) -> each.answeredAt().orElse(Instant.MIN))
                            .reversed())
                    .toList();
        }
        return found;
    }

    private List<Group> groups(List<QuestionJson> shown, QuestionsWanted wanted, Wording in) {
        if (wanted.words().isEmpty() || wanted.state() != State.ALL) {
            return shown.isEmpty() ? List.of() : List.of(group("", shown, in));
        }
        return Stream.of(
                        group(
                                in.say("questions.found.answered"),
                                shown.stream().filter(QuestionJson::answered).toList(),
                                in),
                        group(
                                in.say("questions.found.open"),
                                shown.stream().filter(each -> !each.answered()).toList(),
                                in))
                .filter(group -> !group.questions().isEmpty())
                .toList();
    }

    private Group group(String title, List<QuestionJson> shown, Wording in) {
        return new Group(title, shown.stream().map(each -> cards.card(each, in)).toList());
    }

    private static List<Tab> tabs(List<QuestionJson> near, QuestionsWanted wanted, Wording in) {
        List<QuestionJson> counted = wanted.words().isEmpty() ? near : Questions.bestFirst(near, wanted.words());
        return Stream.of(State.values())
                .map(state -> new Tab(
                        switch (state) {
                            case OPEN -> in.say("questions.tab.open");
                            case ANSWERED -> in.say("questions.tab.answered");
                            case ALL -> in.say("questions.tab.all");
                        },
                        in.number(counted.stream().filter(state::takes).count()),
                        wanted.with(state).address(),
                        wanted.mark().isEmpty() && wanted.state() == state))
                .toList();
    }

    private static List<Figure> figures(List<QuestionJson> near, QuestionsWanted wanted, Wording in) {
        var figures = new ArrayList<Figure>();
        for (QuestionsWanted.Mark mark : QuestionsWanted.Mark.values()) {
            long count = near.stream().filter(mark::takes).count();
            figures.add(Figure.of(
                    in.count(counted(mark), count),
                    in.number(count),
                    wanted.with(mark).address()));
        }
        return figures;
    }

    private static String counted(QuestionsWanted.Mark mark) {
        return switch (mark) {
            case UNOWNED -> "questions.mark.unowned";
            case VAGUE -> "questions.mark.vague";
            case TELL -> "questions.mark.tell";
        };
    }

    private static String only(QuestionsWanted.Mark mark) {
        return switch (mark) {
            case UNOWNED -> "questions.only.unowned";
            case VAGUE -> "questions.only.vague";
            case TELL -> "questions.only.tell";
        };
    }

    private QuestionsView.Form form(List<QuestionJson> all, QuestionsWanted wanted, Wording in) {
        return new QuestionsView.Form(
                wanted.words(),
                wanted.given().map(QuestionsWanted::code).orElse(""),
                wanted.mark().map(QuestionsWanted.Mark::code).orElse(""),
                choices(
                        all.stream().map(each -> each.question().getOfferId()),
                        wanted.offer(),
                        id -> cards.offerName(id, in)),
                choices(all.stream().flatMap(each -> each.owner().stream()), wanted.owner(), Function.identity()));
    }

    private static List<Choice> choices(Stream<String> values, Optional<String> chosen, Function<String, String> name) {
        return Stream.concat(values, chosen.stream())
                .distinct()
                .map(value -> new Choice(
                        value, name.apply(value), chosen.filter(value::equals).isPresent()))
                .sorted(Comparator.comparing(Choice::text, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    private List<Chip> chips(QuestionsWanted wanted, Wording in) {
        var chips = new ArrayList<Chip>();
        if (!wanted.words().isEmpty()) {
            chips.add(new Chip(
                    in.say("questions.words"),
                    wanted.words(),
                    false,
                    wanted.without("q").address()));
        }
        wanted.offer()
                .ifPresent(id -> chips.add(new Chip(
                        in.say("facet.offer"),
                        cards.offerName(id, in),
                        false,
                        wanted.without("offer").address())));
        wanted.owner()
                .ifPresent(owner -> chips.add(new Chip(
                        in.say("questions.owned"),
                        owner,
                        false,
                        wanted.without("owner").address())));
        wanted.mark()
                .ifPresent(mark -> chips.add(new Chip(
                        in.say("questions.only"),
                        in.say(only(mark)),
                        false,
                        wanted.without("mark").address())));
        return Collections.unmodifiableList(chips);
    }

    private static Notice notice(List<QuestionJson> all, QuestionsWanted wanted, Wording in) {
        if (all.isEmpty()) {
            return new Notice(
                    Notice.Kind.EMPTY,
                    in.say("questions.none"),
                    List.of(
                            Notice.tip(in.say("questions.none.how")),
                            Notice.command(in.say("questions.none.demo"), "./vigie demo")));
        }
        if (!wanted.words().isEmpty()) {
            return new Notice(
                    Notice.Kind.EMPTY,
                    in.say("questions.nowhere", wanted.words()),
                    List.of(
                            Notice.tip(in.say("questions.nowhere.fewer")),
                            Notice.way(in.say("questions.nowhere.said"), SearchLinks.words(wanted.words())),
                            Notice.way(in.say("questions.back"), Section.QUESTIONS.address())));
        }
        boolean allAnswered = wanted.isPlain() && wanted.state() == State.OPEN;
        return new Notice(
                Notice.Kind.EMPTY,
                allAnswered ? in.say("questions.done") : in.say("questions.filtered"),
                List.of(
                        allAnswered
                                ? Notice.way(
                                        in.say("questions.done.see"),
                                        Section.QUESTIONS.address() + "?state="
                                                + Addresses.encoded(QuestionsWanted.code(State.ANSWERED)))
                                : Notice.way(in.say("questions.back"), Section.QUESTIONS.address())));
    }
}
