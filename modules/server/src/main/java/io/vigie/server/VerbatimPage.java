package io.vigie.server;

import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.index.Conversation;
import io.vigie.index.Highlight;
import io.vigie.index.Refused;
import io.vigie.index.SearchOutcome;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.Similar;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Names;
import io.vigie.server.page.Section;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code /verbatims/{id}}: one verbatim whole, its conversation, what is like it, and all its fields. */
final class VerbatimPage {
    private static final int SIMILAR_SHOWN = 6;
    private static final int TITLE_LENGTH_MAX = 70;

    private final Pages pages;
    private final SearchEndpoint search;
    private final SearchPrivacy privacy;

    /** @param search whose places, refusals and measures these are too */
    VerbatimPage(Pages pages, SearchEndpoint search, SearchPrivacy privacy) {
        this.pages = pages;
        this.search = search;
        this.privacy = privacy;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        SearchState asked = search.read(() -> SearchState.read(request.query()));
        SearchState state = privacy.kept(asked);
        String id = request.place("id");
        Wording in = request.wording();
        Conversation conversation = search.lookup(Endpoint.CONVERSATION, index -> index.conversation(id));
        Similar similar = search.lookup(Endpoint.SIMILAR, index -> index.similar(id, SIMILAR_SHOWN));
        Verbatim verbatim = conversation.verbatims().stream()
                .filter(each -> each.getVerbatimId().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no verbatim has this id"));
        List<Highlight> found = found(asked, id);
        var links = new CardLinks(state, false);
        var view = new VerbatimView(
                pages.frame(privacy.kept(request, asked), title(verbatim), Optional.of(Section.SEARCH), "search.css"),
                back(state, in),
                VerbatimCard.whole(verbatim, found, in, pages.names(), links),
                in.count("verbatim.count", conversation.total()),
                conversation.verbatims().stream()
                        .map(each -> {
                            boolean isThis = each.getVerbatimId().equals(id);
                            var card = VerbatimCard.whole(each, isThis ? found : List.of(), in, pages.names(), links);
                            return new VerbatimView.Turn(card, isThis);
                        })
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

    /** What the search found in it; nothing when the words do not find it, or are no search. */
    private List<Highlight> found(SearchState asked, String id) throws Refusal, IOException {
        if (asked.q().isEmpty()) {
            return List.of();
        }
        String one = SearchState.BLANK
                .asking(asked.q())
                .toggled("id:" + ListAddress.quoted(id))
                .asked(pages.zone());
        SearchRequest request = search.read(() -> SearchParameters.read(one)).request();
        SearchOutcome outcome = search.asked(Endpoint.SEARCH, index -> index.search(request));
        return switch (outcome) {
            case SearchResult result ->
                result.hits().stream()
                        .filter(hit -> hit.verbatim().getVerbatimId().equals(id))
                        .flatMap(hit -> hit.highlights().stream())
                        .toList();
            case Refused _ -> List.of();
        };
    }

    private static Linked back(SearchState state, Wording in) {
        String text = state.q().isEmpty()
                ? in.say(state.isBlank() ? "section.search" : "verbatim.back")
                : in.say("verbatim.back.of", in.quoted(state.q()));
        return new Linked(text, state.address());
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
        var rows = new Rows(in, pages.names());
        rows.add("id", verbatim.getVerbatimId());
        rows.add("event", verbatim.getEventId());
        rows.exact("conversation", verbatim.getConversationId());
        rows.exact("source", verbatim.getSource());
        rows.value("kind", "kind", verbatim.getKind().name());
        rows.add("occurred", in.moment(verbatim.getOccurredAt()));
        rows.add("classified", in.moment(verbatim.getClassifiedAt()));
        rows.offer(verbatim.getOfferId());
        verbatim.getOfferMention().ifPresent(mention -> rows.exact("mention", mention));
        rows.value("channel", "channel", verbatim.getChannel().name());
        verbatim.getPreferredChannel()
                .ifPresent(channel -> rows.linked(
                        "preferred",
                        pages.names().value("channel", channel.name(), in),
                        SearchLinks.words("preferredchannel:" + channel.name())));
        rows.value("language", "lang", verbatim.getLanguage());
        rows.value("intent", "intent", verbatim.getIntent().name());
        verbatim.getThemes().forEach(rows::theme);
        rows.add("sentiment", in.decimal(verbatim.getSentiment(), 2));
        rows.add("severity", in.number(verbatim.getSeverity()));
        rows.add("churn", in.percent(verbatim.getChurnRisk()));
        verbatim.getNps().ifPresent(nps -> rows.add("nps", in.number(nps)));
        verbatim.getCsat().ifPresent(csat -> rows.add("csat", in.number(csat)));
        verbatim.getCes().ifPresent(ces -> rows.add("ces", in.number(ces)));
        verbatim.getAgentId().ifPresent(agent -> rows.exact("agent", agent));
        verbatim.getCustomerKey().ifPresent(customer -> rows.exact("customer", customer));
        Map<String, Integer> masked = new TreeMap<>(verbatim.getRedactions());
        if (!masked.isEmpty()) {
            rows.add(
                    "masked",
                    masked.entrySet().stream()
                            .map(each -> each.getKey() + " × " + each.getValue())
                            .collect(Collectors.joining(", ")));
        }
        rows.add("classifier", verbatim.getClassifier());
        return new Table(
                in.say("verbatim.fields"),
                List.of(new Table.Head(in.say("field.name"), false), new Table.Head(in.say("field.value"), false)),
                rows.all);
    }

    /** Names and values; a value that others have leads to them, or to its page. */
    private static final class Rows {
        final List<List<Table.Cell>> all = new ArrayList<>();
        private final Wording in;
        private final Names names;

        Rows(Wording in, Names names) {
            this.in = in;
            this.names = names;
        }

        void add(String field, String value) {
            all.add(List.of(Table.cell(in.say("field." + field)), Table.cell(value)));
        }

        void linked(String field, String value, String address) {
            all.add(List.of(Table.cell(in.say("field." + field)), Table.cell(value, address)));
        }

        /** Found by the field of the same name in the query language. */
        void exact(String field, String value) {
            linked(field, value, SearchLinks.words(field + ":" + ListAddress.quoted(value)));
        }

        void value(String field, String dimension, String value) {
            linked(
                    field,
                    names.value(dimension, value, in),
                    VerbatimCard.Links.toSearch().filter(dimension, value));
        }

        void offer(String id) {
            linked(
                    "offer",
                    names.value("offer", id, in),
                    names.offer(id)
                            .map(_ -> OfferTelling.path(id))
                            .orElseGet(() -> VerbatimCard.Links.toSearch().filter("offer", id)));
        }

        void theme(Theme theme) {
            String id = theme.getTheme();
            boolean isKnown = names.themes().stream().anyMatch(each -> each.id().equals(id));
            linked(
                    "theme",
                    in.say("verbatim.theme", names.theme(id, in), in.percent(theme.getScore())),
                    isKnown ? ThemePage.path(id) : VerbatimCard.Links.toSearch().filter("theme", id));
        }
    }
}
