package io.vigie.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.ActionKind;
import io.vigie.server.QuestionPage.Draft;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What people send with the forms of a question's page: an answer, an owner, who was told. What cannot be taken comes back
 * on the same page, with what was written.
 */
final class QuestionForms {
    private static final Set<String> FIELDS = Set.of("key", "text", "author", "owner", "verbatim");

    private final QuestionPage page;
    private final Questions questions;
    private final ActionsEndpoint actions;
    private final InstantSource clock;

    QuestionForms(QuestionPage page, Questions questions, ActionsEndpoint actions, InstantSource clock) {
        this.page = page;
        this.questions = questions;
        this.actions = actions;
        this.clock = clock;
    }

    PageAnswer answer(PageRequest request) throws Refusal, IOException {
        return sent(request, "answered", (form, problems, in) -> {
            String text = form.text("text");
            if (text.isEmpty()) {
                problems.add(in.say("asked.problem.text"));
            } else if (text.length() > ActionJson.TEXT_LENGTH_MAX) {
                problems.add(in.say("asked.problem.long", ActionJson.TEXT_LENGTH_MAX));
            }
            requireAuthor(request, form, problems, in);
            return () -> {
                ObjectNode body = body(request, ActionKind.ANSWER, form).put("text", text);
                actions.published(actions.read(body, key(form, ActionKind.ANSWER)));
            };
        });
    }

    PageAnswer owner(PageRequest request) throws Refusal, IOException {
        return sent(request, "owned", (form, problems, in) -> {
            if (form.text("owner").length() > ActionJson.NAME_LENGTH_MAX) {
                problems.add(in.say("asked.problem.name", ActionJson.NAME_LENGTH_MAX));
            }
            requireAuthor(request, form, problems, in);
            return () -> actions.published(Questions.ownership(
                    ActionsEndpoint.id(key(form, ActionKind.OWNER)),
                    questions.one(request.place("id")).question(),
                    form.find("owner"),
                    request.signed(form.text("author")),
                    clock.instant()));
        });
    }

    PageAnswer told(PageRequest request) throws Refusal, IOException {
        return sent(request, "told", (form, problems, in) -> {
            List<String> ids = form.ticked("verbatim");
            if (ids.isEmpty()) {
                problems.add(in.say("asked.problem.nobody"));
            }
            requireAuthor(request, form, problems, in);
            return () -> {
                ObjectNode body = body(request, ActionKind.TOLD, form);
                var named = body.putArray("verbatims");
                ids.forEach(named::add);
                actions.published(actions.read(body, key(form, ActionKind.TOLD)));
            };
        });
    }

    /** Says what is wrong with a form, and how it is taken when nothing is. */
    private interface Reading {
        Taking read(Form form, List<String> problems, Wording in) throws Refusal;
    }

    private interface Taking {
        void take() throws Refusal, IOException;
    }

    private PageAnswer sent(PageRequest request, String done, Reading reading) throws Refusal, IOException {
        // Who sends to a question that is not there is told so before he is told anything else.
        String id = questions.one(request.place("id")).question().getQuestionId();
        Wording in = request.wording();
        Form form = Form.of(request, FIELDS, "text");
        var problems = new ArrayList<String>();
        Taking taking = reading.read(form, problems, in);
        if (!problems.isEmpty()) {
            var notice = new Notice(
                    Notice.Kind.PROBLEM,
                    in.say("asked.problem"),
                    problems.stream().map(Notice::tip).toList());
            return again(request, form, form.text("key"), notice, Fault.BAD_PARAMETER.status);
        }
        try {
            taking.take();
        } catch (Refusal refusal) {
            // Said otherwise under the same key: what is sent next is another action.
            String key = refusal.problem().fault() == Fault.CONFLICT
                    ? UUID.randomUUID().toString()
                    : form.text("key");
            return again(
                    request,
                    form,
                    key,
                    notice(refusal.problem(), in),
                    refusal.problem().status());
        }
        return PageAnswer.seeOther(LoopCards.questionAddress(id) + "?" + QuestionPage.DONE + "=" + done);
    }

    private static Notice notice(Problem problem, Wording in) {
        String tip = switch (problem.fault()) {
            case CONFLICT -> in.say("asked.problem.again");
            case UNAVAILABLE, BUSY -> in.say("asked.problem.later");
            default -> Refusals.said(problem.detail(), in);
        };
        return new Notice(Notice.Kind.PROBLEM, in.say("asked.problem"), List.of(Notice.tip(tip)));
    }

    private PageAnswer again(PageRequest request, Form form, String key, Notice notice, int status)
            throws Refusal, IOException {
        var draft =
                new Draft(key, form.text("text"), form.text("author"), form.text("owner"), Optional.of(notice), status);
        return page.page(request, false, Optional.empty(), draft);
    }

    private static void requireAuthor(PageRequest request, Form form, List<String> problems, Wording in)
            throws Refusal {
        String author = request.signed(form.text("author"));
        if (author.isEmpty()) {
            problems.add(in.say("asked.problem.author"));
        } else if (author.length() > ActionJson.NAME_LENGTH_MAX) {
            problems.add(in.say("asked.problem.name", ActionJson.NAME_LENGTH_MAX));
        }
    }

    private static ObjectNode body(PageRequest request, ActionKind kind, Form form) throws Refusal {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", ActionJson.lower(kind))
                .put("question", request.place("id"))
                .put("author", request.signed(form.text("author")));
    }

    /** Each form of a page is an action of its own. */
    private static String key(Form form, ActionKind kind) throws Refusal {
        String given = form.text("key");
        return (given.isEmpty() ? UUID.randomUUID().toString() : given) + ":" + ActionJson.lower(kind);
    }
}
