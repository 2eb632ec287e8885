package io.vigie.understanding;

import java.util.ArrayList;
import java.util.List;

/** Words and expressions of one language that carry feeling, and those that turn it around. Immutable. */
final class Lexicon {
    /** What an expression does. */
    enum Role {
        FEELING,
        /** A feeling whose negation may follow it, as French verbs have it. */
        FEELING_VERB,
        DEGREE,
        NEGATION,
        NEGATION_AFTER_NE
    }

    /** An expression; {@code weight} is the feeling, or the factor of a degree. */
    record Entry(Role role, double weight) {}

    /** Where the expressions of a text are found; owned by one thread. */
    static final class Cursor {
        private int words;
        private int entry;

        /** How many words the expression found last has. */
        int words() {
            return words;
        }
    }

    private static final char SPACE = ' ';

    private final Language language;
    private final Trie trie;
    private final List<Entry> entries;

    Lexicon(Language language) {
        this.language = language;
        var builder = new Trie.Builder();
        var read = new ArrayList<Entry>();
        for (String line : Resources.lines("lexicon-" + language.tag() + ".txt")) {
            int last = line.lastIndexOf(SPACE);
            read.add(entry(line.substring(last + 1)));
            add(builder, line.substring(0, last).strip(), read.size() - 1);
        }
        entries = List.copyOf(read);
        trie = builder.build();
    }

    Language language() {
        return language;
    }

    /** Whether an expression starts at a word; the longest one is found. */
    boolean find(Tokens tokens, int token, int until, Cursor cursor) {
        cursor.words = 0;
        if (!trie.mayBegin(tokens.chars(), tokens.from(token, language.elides()), tokens.until(token))) {
            return false;
        }
        int node = Trie.ROOT;
        for (int at = token; at < until; at++) {
            node = word(tokens, at, node, at - token + 1, cursor);
            node = node == Trie.NONE ? Trie.NONE : trie.next(node, SPACE);
            if (node == Trie.NONE) {
                break;
            }
        }
        return cursor.words > 0;
    }

    Entry entry(Cursor cursor) {
        return entries.get(cursor.entry);
    }

    private int word(Tokens tokens, int token, int from, int words, Cursor cursor) {
        char[] chars = tokens.chars();
        int node = from;
        for (int i = tokens.from(token, language.elides()); i < tokens.until(token); i++) {
            node = trie.next(node, chars[i]);
            if (node == Trie.NONE) {
                return Trie.NONE;
            }
            found(trie.prefix(node), words, cursor);
        }
        found(trie.word(node), words, cursor);
        return node;
    }

    private static void found(int entry, int words, Cursor cursor) {
        if (entry != Trie.NONE) {
            cursor.entry = entry;
            cursor.words = words;
        }
    }

    private void add(Trie.Builder builder, String expression, int entry) {
        Tokens tokens = Tokenizer.words(expression);
        var words = new ArrayList<String>();
        for (int i = 0; i < tokens.count(); i++) {
            words.add(tokens.word(i, language.elides()));
        }
        String key = String.join(" ", words);
        if (expression.endsWith("*")) {
            builder.prefix(key, entry);
        } else {
            builder.word(key, entry);
        }
    }

    private static Entry entry(String written) {
        return switch (written) {
            case "not" -> new Entry(Role.NEGATION, 0);
            case "not-after-ne" -> new Entry(Role.NEGATION_AFTER_NE, 0);
            default -> weighted(written);
        };
    }

    private static Entry weighted(String written) {
        if (written.startsWith("x")) {
            return new Entry(Role.DEGREE, Double.parseDouble(written.substring(1)));
        }
        return written.endsWith("v")
                ? new Entry(Role.FEELING_VERB, Double.parseDouble(written.substring(0, written.length() - 1)))
                : new Entry(Role.FEELING, Double.parseDouble(written));
    }
}
