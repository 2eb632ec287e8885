package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds the cues and the lexicon of the languages in play against a text, sentence by sentence. One text, one thread. */
final class Listener {
    /** One language's cues at work. */
    private static final class Ear {
        private final Rules.Compiled rules;
        private final Lexicon lexicon;
        private final Hits hits;
        private final List<Integer> matched = new ArrayList<>();

        Ear(Rules.Compiled rules, Lexicon lexicon) {
            this.rules = rules;
            this.lexicon = lexicon;
            this.hits = rules.matcher().hits();
        }

        Stream<String> written(ThemeBuilder theme) {
            return theme.cues(rules.matcher().language()).stream()
                    .mapToObj(cue -> rules.purposes().get(cue).written());
        }
    }

    /** Who is content, or only states a fact, may name a matter without raising it. */
    private static final double CALM_DOUBT = 2.5;

    /** Who complains may use the words of praise for what he misses: « une connexion stable, c'est trop demander ? » */
    private static final double ANGRY_DOUBT = 2;

    private final Taxonomy.Contents taxonomy;
    private final Tokens tokens;
    private final List<Ear> ears = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Map<Integer, ThemeBuilder> themes = new LinkedHashMap<>();

    Listener(Taxonomy.Contents taxonomy, Tokens tokens) {
        this.taxonomy = taxonomy;
        this.tokens = tokens;
    }

    void listenFor(Rules.Compiled rules, Lexicon lexicon) {
        ears.add(new Ear(rules, lexicon));
    }

    void listen() {
        for (Tokens.Sentence sentence : tokens.sentences()) {
            listen(sentence);
        }
    }

    List<Heard> heard() {
        return heard;
    }

    Collection<ThemeBuilder> themes() {
        return themes.values();
    }

    /** The cues that earned a theme, as they are written in the taxonomy. */
    List<String> cues(ThemeBuilder theme) {
        return ears.stream().flatMap(ear -> ear.written(theme)).toList();
    }

    /** The feeling of the whole text, by the lexicon. */
    double tone() {
        return heard.stream().mapToDouble(Heard::tone).sum();
    }

    boolean asks() {
        return heard.stream().anyMatch(Heard::isQuestion);
    }

    /** Adds what was learned to what the cues found: not what a cue silences, nor what no word speaks for. */
    void addLearned(Reading reading) {
        LinearModel.HeadAt head = reading.head(Corpus.THEME);
        LinearModel.HeadAt intent = reading.head(Corpus.INTENT);
        double calm = reading.share(intent, Intent.PRAISE.name()) + reading.share(intent, Intent.OTHER.name());
        double complaint = reading.share(intent, Intent.COMPLAINT.name());
        for (int label = 0; label < head.head().labels().size(); label++) {
            int leaf = leaf(head.head().labels().get(label));
            if (leaf >= 0) {
                boolean praise = taxonomy.leaves().get(leaf).leaf().kind() == Leaf.Kind.PRAISE;
                addLearned(leaf, reading, head, label, praise ? ANGRY_DOUBT * complaint : CALM_DOUBT * calm);
            }
        }
    }

    private void addLearned(int leaf, Reading reading, LinearModel.HeadAt head, int label, double doubt) {
        if (!reading.tells(head, label, doubt) || heard.stream().anyMatch(said -> said.silences(leaf))) {
            return;
        }
        double probability = reading.probability(head, label, doubt);
        ThemeBuilder cued = themes.get(leaf);
        if (cued != null) {
            cued.addLearned(probability);
            return;
        }
        List<Span> evidence = reading.evidence(head, label);
        if (!evidence.isEmpty()) {
            ThemeBuilder theme = theme(leaf);
            theme.addLearned(probability);
            evidence.forEach(theme::addEvidence);
            themes.put(leaf, theme);
        }
    }

    /** The number of a leaf in this taxonomy, or -1: a model may know leaves that a customer's taxonomy has not. */
    private int leaf(String id) {
        return taxonomy.leafNumbers().getOrDefault(id, -1);
    }

    private void listen(Tokens.Sentence sentence) {
        var said = new Heard(taxonomy, sentence);
        for (Ear ear : ears) {
            ear.matched.clear();
            ear.rules.matcher().match(tokens, sentence, ear.hits, ear.matched::add);
            ear.matched.forEach(cue -> said.add(ear.rules.purposes().get(cue)));
            said.addTone(Tone.of(ear.lexicon, tokens, sentence));
        }
        said.settle();
        ears.forEach(ear -> gather(ear, said));
        heard.add(said);
    }

    private void gather(Ear ear, Heard said) {
        for (int cue : ear.matched) {
            Rules.Purpose purpose = ear.rules.purposes().get(cue);
            if (purpose.role() == Rules.Role.LEAF && said.hasLeaf(purpose.index())) {
                gather(ear, cue, purpose);
            }
        }
    }

    private void gather(Ear ear, int cue, Rules.Purpose purpose) {
        CueMatcher matcher = ear.rules.matcher();
        ThemeBuilder theme = themes.computeIfAbsent(purpose.index(), this::theme);
        theme.add(matcher.language(), cue, purpose.weight());
        if (theme.wantsEvidence()) {
            boolean elides = matcher.language().elides();
            matcher.explain(
                    cue,
                    ear.hits,
                    (first, last) -> theme.addEvidence(new Span(tokens.start(first, elides), tokens.end(last))));
        }
    }

    private ThemeBuilder theme(int leaf) {
        return new ThemeBuilder(taxonomy.leaves().get(leaf).leaf());
    }
}
