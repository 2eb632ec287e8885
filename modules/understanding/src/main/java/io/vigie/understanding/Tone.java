package io.vigie.understanding;

/**
 * Adds up the feeling of a sentence: each expression of the lexicon counts by its weight, what stands before it makes
 * it stronger or weaker, and an odd number of negations near it turns it around (« je ne suis pas mécontent » is mildly
 * good). « Ne » alone negates nothing: it is dropped in speech, and means nothing in « avant qu'il ne tombe ».
 */
final class Tone {
    private static final int NEGATION_REACH = 3;
    private static final int NEGATION_BEHIND_VERB = 2;
    private static final int NE_REACH = 4;
    private static final int DEGREE_REACH = 2;
    private static final double TURNED_PRAISE = -0.9;
    private static final double TURNED_COMPLAINT = -0.5;
    private static final double EXCLAIMED = 1.2;

    private final Lexicon lexicon;
    private final Tokens tokens;
    private final Tokens.Sentence sentence;
    private final Lexicon.Cursor cursor = new Lexicon.Cursor();
    private final int[] negations;
    private int negationCount;
    private double degree = 1;
    private int degreeEnd = Integer.MIN_VALUE;
    private double sum;

    private Tone(Lexicon lexicon, Tokens tokens, Tokens.Sentence sentence) {
        this.lexicon = lexicon;
        this.tokens = tokens;
        this.sentence = sentence;
        this.negations = new int[sentence.until() - sentence.from()];
    }

    /** The feeling of a sentence: above zero when good; about one for each strong word. */
    static double of(Lexicon lexicon, Tokens tokens, Tokens.Sentence sentence) {
        var tone = new Tone(lexicon, tokens, sentence);
        for (int token = sentence.from(); token < sentence.until(); ) {
            token += tone.step(token);
        }
        return sentence.mark() == '!' ? tone.sum * EXCLAIMED : tone.sum;
    }

    /** Counts the expression that starts here, and says how many words to go on. */
    private int step(int token) {
        if (!lexicon.find(tokens, token, sentence.until(), cursor)) {
            return 1;
        }
        int words = cursor.words();
        Lexicon.Entry entry = lexicon.entry(cursor);
        switch (entry.role()) {
            case NEGATION, NEGATION_AFTER_NE -> {
                if (negates(token, entry)) {
                    negations[negationCount++] = token;
                }
            }
            case DEGREE -> {
                degree = (degreeEnd >= token - 1 ? degree : 1) * entry.weight();
                degreeEnd = token + words;
            }
            case FEELING -> feel(token, entry.weight(), negationsBefore(token));
            case FEELING_VERB -> feel(token, entry.weight(), negationsBefore(token) + negationsBehind(token + words));
        }
        return words;
    }

    private void feel(int token, double weight, int negated) {
        double felt = weight * (degreeEnd >= token - DEGREE_REACH + 1 ? degree : 1);
        degree = 1;
        if (negated % 2 == 1) {
            felt *= felt > 0 ? TURNED_PRAISE : TURNED_COMPLAINT;
        }
        sum += felt;
    }

    private int negationsBefore(int token) {
        int found = 0;
        for (int i = negationCount - 1; i >= 0 && token - negations[i] <= NEGATION_REACH; i--) {
            found += pausedBetween(negations[i], token) ? 0 : 1;
        }
        return found;
    }

    private int negationsBehind(int from) {
        int found = 0;
        var behind = new Lexicon.Cursor();
        for (int token = from; token < Math.min(sentence.until(), from + NEGATION_BEHIND_VERB); token++) {
            if (tokens.pausedBefore(token)) {
                break;
            }
            found += lexicon.find(tokens, token, sentence.until(), behind) && negates(token, lexicon.entry(behind))
                    ? 1
                    : 0;
        }
        return found;
    }

    private boolean negates(int token, Lexicon.Entry entry) {
        return switch (entry.role()) {
            case NEGATION -> true;
            case NEGATION_AFTER_NE -> followsNe(token);
            case DEGREE -> entry.weight() < 0;
            case FEELING, FEELING_VERB -> false;
        };
    }

    private boolean followsNe(int token) {
        for (int i = token; i >= Math.max(sentence.from(), token - NE_REACH); i--) {
            if (tokens.saysNe(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean pausedBetween(int from, int until) {
        for (int token = from + 1; token <= until; token++) {
            if (tokens.pausedBefore(token)) {
                return true;
            }
        }
        return false;
    }
}
