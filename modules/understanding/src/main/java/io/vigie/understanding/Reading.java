package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a learned model makes of one text. Owned by one thread. */
final class Reading {
    /** Words that bear less than this share of what the strongest word bears are no evidence. */
    private static final double EVIDENCE_SHARE = 0.4;

    private static final int EVIDENCE_WORDS_MAX = Explanation.WORDS_MAX;

    private final LinearModel model;
    private final Concepts concepts;
    private final WordSums memory;
    private final Tokens tokens;
    private final WordSums.Sum[] sumsOfWords;
    private final TextFeatures.Word[] words;
    private final Ties ties = new Ties();
    private final float[] sums;
    private final float[] overall;
    private double norm;

    private Reading(Reader reader, Tokens tokens, float[] overall) {
        this.model = reader.model();
        this.concepts = reader.concepts();
        this.memory = reader.memory();
        this.tokens = tokens;
        this.overall = overall;
        this.sumsOfWords = new WordSums.Sum[tokens.count()];
        this.words = new TextFeatures.Word[tokens.count()];
        this.sums = new float[model.labels()];
    }

    /** What reads with one model; shared by all threads. */
    record Reader(LinearModel model, Concepts concepts, WordSums memory) {
        static Reader of(LinearModel model, Concepts concepts) {
            return new Reader(model, concepts, new WordSums(model, concepts));
        }
    }

    /**
     * Reads a text.
     *
     * @param tone the feeling that the lexicon finds, any number
     * @param asks whether a sentence is a question
     */
    static Reading of(Reader reader, Tokens tokens, double tone, boolean asks) {
        var reading = new Reading(reader, tokens, LinearModel.overall(tone, asks));
        reading.read();
        return reading;
    }

    private void read() {
        double squares = 0;
        for (int token = 0; token < words.length; token++) {
            WordSums.Sum sum = memory.of(tokens.chars(), tokens.from(token, true), tokens.until(token));
            sumsOfWords[token] = sum;
            words[token] = sum.word();
            squares += sum.norm();
        }
        for (WordSums.Sum sum : sumsOfWords) {
            sum.addTo(sums);
        }
        var between = new float[1];
        TextFeatures.between(tokens, words, concepts, (feature, value, first, last) -> {
            between[0] += value * value;
            ties.add(feature, value, first, last);
        });
        ties.sum(model, sums);
        norm = Math.sqrt(Math.max(1, squares + between[0]));
    }

    LinearModel.HeadAt head(String name) {
        return model.head(name);
    }

    /** Whether a label is likelier than not; cheaper than to say how likely. The doubt is as for {@link #probability}. */
    boolean tells(LinearModel.HeadAt at, int label, double doubt) {
        return logit(at.first() + label) + at.head().prior() >= doubt;
    }

    int words() {
        return words.length;
    }

    /** Whether there is a word to read at all. */
    boolean hasWords() {
        for (int token = 0; token < words.length; token++) {
            if (Character.isLetter(tokens.chars()[tokens.from(token, true)])) {
                return true;
            }
        }
        return false;
    }

    /**
     * How likely a label is, in (0, 1), by itself.
     *
     * @param doubt what else speaks against it, as a logarithm of odds
     */
    double probability(LinearModel.HeadAt at, int label, double doubt) {
        return 1 / (1 + Math.exp(doubt - logit(at.first() + label) - at.head().prior()));
    }

    /** The share of one label of an exclusive head; 0 for a label it has not. */
    double share(LinearModel.HeadAt at, String label) {
        int index = at.head().labels().indexOf(label);
        return index < 0 ? 0 : shares(at)[index];
    }

    /** How likely each label of an exclusive head is; they add up to 1. */
    double[] shares(LinearModel.HeadAt at) {
        var shares = new double[at.head().labels().size()];
        double sum = 0;
        for (int label = 0; label < shares.length; label++) {
            shares[label] = probability(at, label, 0);
            sum += shares[label];
        }
        for (int label = 0; label < shares.length; label++) {
            shares[label] /= sum;
        }
        return shares;
    }

    private double logit(int label) {
        double logit = model.bias(label) + model.factor(label) * sums[label] / norm;
        for (int what = 0; what < overall.length; what++) {
            logit += model.overall(what, label) * overall[what];
        }
        return logit;
    }

    /** The likeliest label of an exclusive head. */
    String likeliest(LinearModel.HeadAt at) {
        double[] shares = shares(at);
        int best = 0;
        for (int label = 1; label < shares.length; label++) {
            best = shares[label] > shares[best] ? label : best;
        }
        return at.head().labels().get(best);
    }

    /** The words that speak most for a label, in the order of the text; empty when none does. */
    List<Span> evidence(LinearModel.HeadAt at, int label) {
        return spans(strongest(weights(at.first() + label)));
    }

    /** The words that speak most for a label with what they add to it, the strongest first; none for one it has not. */
    List<Explanation.Word> words(LinearModel.HeadAt at, String label) {
        int index = at.head().labels().indexOf(label);
        if (index < 0) {
            return List.of();
        }
        double[] weights = weights(at.first() + index);
        return strongest(weights).stream()
                .map(token -> new Explanation.Word(span(token), weights[token]))
                .toList();
    }

    private static List<Integer> strongest(double[] weights) {
        double strongest = 0;
        for (double weight : weights) {
            strongest = Math.max(strongest, weight);
        }
        var strong = new ArrayList<Integer>();
        for (int token = 0; token < weights.length; token++) {
            if (weights[token] > 0 && weights[token] >= strongest * EVIDENCE_SHARE) {
                strong.add(token);
            }
        }
        strong.sort(Comparator.comparingDouble((Integer token) -> -weights[token]));
        return strong.subList(0, Math.min(strong.size(), EVIDENCE_WORDS_MAX));
    }

    /** What each word adds to a label: itself, and its part of what it says with others. */
    double[] weights(int label) {
        var shares = new double[words.length];
        for (int token = 0; token < shares.length; token++) {
            shares[token] = sumsOfWords[token].of(label);
        }
        ties.share(model, label, shares);
        for (int token = 0; token < shares.length; token++) {
            shares[token] *= model.factor(label) / norm;
        }
        return shares;
    }

    /** Words side by side make one span. */
    private List<Span> spans(List<Integer> chosen) {
        var sorted = chosen.stream().sorted().toList();
        var spans = new ArrayList<Span>();
        int last = Integer.MIN_VALUE;
        for (int token : sorted) {
            if (token == last + 1) {
                Span open = spans.removeLast();
                spans.add(new Span(open.start(), tokens.end(token)));
            } else {
                spans.add(span(token));
            }
            last = token;
        }
        return spans;
    }

    private Span span(int token) {
        return new Span(tokens.start(token, true), tokens.end(token));
    }
}
