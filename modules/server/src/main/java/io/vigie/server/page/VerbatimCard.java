package io.vigie.server.page;

import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.index.Highlight;
import io.vigie.index.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One verbatim as it is shown everywhere.
 *
 * @param isCut whether only parts of its text are shown
 * @param opens whether it leads to the page of its own
 */
public record VerbatimCard(
        Verbatim verbatim,
        Wording wording,
        Names names,
        Links links,
        List<Piece> pieces,
        List<Reason> reasons,
        boolean isCut,
        boolean opens,
        Optional<String> note) {
    private static final double TONE_MIN = 0.05;

    public VerbatimCard {
        pieces = List.copyOf(pieces);
        reasons = List.copyOf(reasons);
    }

    /** Where the parts of a card lead. */
    public interface Links {
        /**
         * All verbatims with a value.
         *
         * @param dimension its parameter, for example {@code offer}
         */
        String filter(String dimension, String value);

        /** The verbatim by itself, with its conversation and all its fields. */
        default String open(String verbatimId) {
            return "/verbatims/" + Addresses.encoded(verbatimId);
        }

        /** To a search of its own. */
        static Links toSearch() {
            return (dimension, value) ->
                    "/?" + (dimension.equals("lang") ? "language" : dimension) + "=" + Addresses.encoded(value);
        }
    }

    /** A theme, and why. */
    public record Reason(int number, String id, String name, String why, String address) {}

    /** How something about a verbatim looks. */
    public record Badge(String text, String kind) {}

    /** Parts of the text, as a list shows it. */
    public static VerbatimCard cut(
            Verbatim verbatim, List<Highlight> found, Wording wording, Names names, Links links) {
        var shown = Snippet.of(verbatim, found);
        var pieces = Piece.of(verbatim.getText(), found, verbatim.getThemes(), shown);
        boolean isCut = shown.size() > 1
                || shown.getFirst().start() > 0
                || shown.getFirst().end() < verbatim.getText().length();
        return new VerbatimCard(
                verbatim,
                wording,
                names,
                links,
                pieces,
                reasons(verbatim, wording, names, links),
                isCut,
                true,
                Optional.empty());
    }

    /** The whole text. */
    public static VerbatimCard whole(
            Verbatim verbatim, List<Highlight> found, Wording wording, Names names, Links links) {
        var all = List.of(new Piece.Range(0, verbatim.getText().length()));
        return new VerbatimCard(
                verbatim,
                wording,
                names,
                links,
                Piece.of(verbatim.getText(), found, verbatim.getThemes(), all),
                reasons(verbatim, wording, names, links),
                false,
                false,
                Optional.empty());
    }

    /** The same with a remark at its foot. */
    public VerbatimCard noting(String remark) {
        return new VerbatimCard(verbatim, wording, names, links, pieces, reasons, isCut, opens, Optional.of(remark));
    }

    private static List<Reason> reasons(Verbatim verbatim, Wording wording, Names names, Links links) {
        List<Theme> themes = verbatim.getThemes();
        return IntStream.range(0, themes.size())
                .mapToObj(number -> {
                    Theme theme = themes.get(number);
                    String name = names.theme(theme.getTheme(), wording);
                    String words = theme.getEvidence().stream()
                            .map(evidence -> quoted(verbatim.getText(), evidence, wording))
                            .filter(quote -> !quote.isEmpty())
                            .distinct()
                            .collect(Collectors.joining(", "));
                    String why = wording.say("card.why", name, wording.percent(theme.getScore()), words);
                    return new Reason(number, theme.getTheme(), name, why, links.filter("theme", theme.getTheme()));
                })
                .toList();
    }

    private static String quoted(String text, Evidence evidence, Wording wording) {
        boolean fits = 0 <= evidence.getStart()
                && evidence.getStart() < evidence.getEnd()
                && evidence.getEnd() <= text.length();
        return fits ? wording.quoted(text.substring(evidence.getStart(), evidence.getEnd())) : "";
    }

    /** Unique on the page as long as the verbatim is. */
    public String id() {
        return "v-" + verbatim.getVerbatimId();
    }

    public String offer() {
        return names.value("offer", verbatim.getOfferId(), wording);
    }

    public String offerAddress() {
        return links.filter("offer", verbatim.getOfferId());
    }

    /** Of the page of its offer, when the offer is in the catalogue: others have none. */
    public Optional<String> offerPage() {
        String id = verbatim.getOfferId();
        return names.offer(id).map(_ -> Section.OFFERS.address() + "/" + Addresses.encoded(id));
    }

    public String openAddress() {
        return links.open(verbatim.getVerbatimId());
    }

    public String moment() {
        return wording.moment(verbatim.getOccurredAt());
    }

    public String origin() {
        return names.value("kind", verbatim.getKind().name(), wording) + " · "
                + names.value("channel", verbatim.getChannel().name(), wording) + " · " + verbatim.getSource();
    }

    /** Why a stretch is underlined. */
    public String why(Piece piece) {
        return piece.themes().stream().map(number -> reasons.get(number).why()).collect(Collectors.joining(" "));
    }

    public List<Badge> badges() {
        var badges = new ArrayList<Badge>();
        badges.add(new Badge(names.value("intent", verbatim.getIntent().name(), wording), intent()));
        if (Math.abs(verbatim.getSentiment()) > TONE_MIN) {
            boolean bad = verbatim.getSentiment() < 0;
            badges.add(new Badge(wording.say(bad ? "tone.negative" : "tone.positive"), bad ? "bad" : "good"));
        }
        if (verbatim.getSeverity() > 0) {
            badges.add(new Badge(
                    wording.say("card.severity", verbatim.getSeverity()),
                    verbatim.getSeverity() >= Stats.SEVERE_MIN ? "grave" : ""));
        }
        if (verbatim.getChurnRisk() >= Stats.CHURN_MIN) {
            badges.add(new Badge(wording.say("card.churn", wording.percent(verbatim.getChurnRisk())), "grave"));
        }
        verbatim.getNps().ifPresent(nps -> badges.add(new Badge(wording.say("card.nps", nps), note(nps))));
        if (verbatim.getChannelMismatch()) {
            badges.add(new Badge(
                    verbatim.getPreferredChannel()
                            .map(channel ->
                                    wording.say("card.mismatch.to", names.value("channel", channel.name(), wording)))
                            .orElseGet(() -> wording.say("card.mismatch")),
                    "bad"));
        }
        return badges;
    }

    private String intent() {
        return switch (verbatim.getIntent()) {
            case Intent.COMPLAINT -> "bad";
            case Intent.PRAISE -> "good";
            case Intent.QUESTION, Intent.REQUEST, Intent.OTHER -> "";
        };
    }

    private static String note(int nps) {
        if (nps <= Stats.DETRACTOR_MAX) {
            return "bad";
        }
        return nps >= Stats.PROMOTER_MIN ? "good" : "";
    }
}
