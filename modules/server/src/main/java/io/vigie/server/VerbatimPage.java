package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.index.Conversation;
import io.vigie.index.Similar;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.VerbatimCard;
import io.vigie.server.page.VerbatimView;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code /verbatims/{id}}: one verbatim whole, its conversation, what is like it, and all its fields. */
final class VerbatimPage {
    private static final int SIMILAR_SHOWN = 6;
    private static final int TITLE_LENGTH_MAX = 70;

    private final Pages pages;
    private final SearchEndpoint search;

    /** @param search whose places, refusals and measures these are too */
    VerbatimPage(Pages pages, SearchEndpoint search) {
        this.pages = pages;
        this.search = search;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        search.read(() -> Parameters.of(request.query(), Set.of(), ""));
        String id = request.place("id");
        Wording in = request.wording();
        Conversation conversation = search.lookup(Endpoint.CONVERSATION, index -> index.conversation(id));
        Similar similar = search.lookup(Endpoint.SIMILAR, index -> index.similar(id, SIMILAR_SHOWN));
        Verbatim verbatim = conversation.verbatims().stream()
                .filter(each -> each.getVerbatimId().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no verbatim has this id"));
        var links = VerbatimCard.Links.toSearch();
        var view = new VerbatimView(
                pages.frame(request, title(verbatim), Optional.empty(), "search.css"),
                VerbatimCard.whole(verbatim, List.of(), in, pages.names(), links),
                in.count("verbatim.count", conversation.total()),
                conversation.verbatims().stream()
                        .map(each -> new VerbatimView.Turn(
                                VerbatimCard.whole(each, List.of(), in, pages.names(), links),
                                each.getVerbatimId().equals(id)))
                        .toList(),
                similar.nearDuplicates().stream()
                        .limit(SIMILAR_SHOWN)
                        .map(copy -> VerbatimCard.cut(copy.verbatim(), List.of(), in, pages.names(), links)
                                .noting(in.say("verbatim.resemblance", in.percent(copy.resemblance()))))
                        .toList(),
                similar.hits().stream()
                        .map(hit -> VerbatimCard.cut(hit.verbatim(), hit.highlights(), in, pages.names(), links)
                                .noting(in.say("verbatim.shares", String.join(", ", hit.words()))))
                        .toList(),
                fields(verbatim, in));
        return PageAnswer.page(request.swap().isPresent() ? Templates.verbatimPart(view) : Templates.verbatim(view));
    }

    /** The beginning of what was said. */
    private static String title(Verbatim verbatim) {
        String text = verbatim.getText().strip().replaceAll("\\s+", " ");
        if (text.length() <= TITLE_LENGTH_MAX) {
            return text;
        }
        int end = text.lastIndexOf(' ', TITLE_LENGTH_MAX);
        return text.substring(0, end > 0 ? end : TITLE_LENGTH_MAX) + " …";
    }

    private Table fields(Verbatim verbatim, Wording in) {
        var rows = new ArrayList<List<Table.Cell>>();
        row(rows, in, "id", verbatim.getVerbatimId());
        row(rows, in, "event", verbatim.getEventId());
        row(rows, in, "conversation", verbatim.getConversationId());
        row(rows, in, "source", verbatim.getSource());
        row(rows, in, "kind", pages.names().value("kind", verbatim.getKind().name(), in));
        row(rows, in, "occurred", in.moment(verbatim.getOccurredAt()));
        row(rows, in, "classified", in.moment(verbatim.getClassifiedAt()));
        row(rows, in, "offer", verbatim.getOfferId());
        verbatim.getOfferMention().ifPresent(mention -> row(rows, in, "mention", mention));
        row(
                rows,
                in,
                "channel",
                pages.names().value("channel", verbatim.getChannel().name(), in));
        verbatim.getPreferredChannel()
                .ifPresent(channel -> row(rows, in, "preferred", pages.names().value("channel", channel.name(), in)));
        row(rows, in, "language", pages.names().value("lang", verbatim.getLanguage(), in));
        row(
                rows,
                in,
                "intent",
                pages.names().value("intent", verbatim.getIntent().name(), in));
        verbatim.getThemes()
                .forEach(theme -> row(rows, in, "theme", theme.getTheme() + " (" + in.percent(theme.getScore()) + ")"));
        row(rows, in, "sentiment", in.decimal(verbatim.getSentiment(), 2));
        row(rows, in, "severity", in.number(verbatim.getSeverity()));
        row(rows, in, "churn", in.percent(verbatim.getChurnRisk()));
        verbatim.getNps().ifPresent(nps -> row(rows, in, "nps", in.number(nps)));
        verbatim.getCsat().ifPresent(csat -> row(rows, in, "csat", in.number(csat)));
        verbatim.getCes().ifPresent(ces -> row(rows, in, "ces", in.number(ces)));
        verbatim.getAgentId().ifPresent(agent -> row(rows, in, "agent", agent));
        verbatim.getCustomerKey().ifPresent(customer -> row(rows, in, "customer", customer));
        Map<String, Integer> masked = new TreeMap<>(verbatim.getRedactions());
        if (!masked.isEmpty()) {
            row(
                    rows,
                    in,
                    "masked",
                    masked.entrySet().stream()
                            .map(each -> each.getKey() + " × " + each.getValue())
                            .collect(Collectors.joining(", ")));
        }
        row(rows, in, "classifier", verbatim.getClassifier());
        return new Table(
                in.say("verbatim.fields"),
                List.of(new Table.Head(in.say("field.name"), false), new Table.Head(in.say("field.value"), false)),
                rows);
    }

    private static void row(List<List<Table.Cell>> rows, Wording in, String field, String value) {
        rows.add(List.of(Table.cell(in.say("field." + field)), Table.cell(value)));
    }
}
