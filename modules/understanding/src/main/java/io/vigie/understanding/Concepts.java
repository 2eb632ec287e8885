package io.vigie.understanding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of expressions that mean the same, in both languages: what is learned from one wording serves the others.
 * Immutable.
 */
final class Concepts {
    /** Receives what is found, in the order of the text. */
    interface Sink {
        /** One of them; {@code concept} is the hash of its name, which stays when others are added. */
        void found(int concept, int firstToken, int lastToken);
    }

    private static final char SPACE = ' ';

    private final Trie trie;
    private final int[][] groups;

    private Concepts(Trie trie, int[][] groups) {
        this.trie = trie;
        this.groups = groups;
    }

    /** The concepts that ship with this module. */
    static Concepts standard() {
        return of(Resources.lines("concepts.txt"));
    }

    /** @param lines {@code name: expression, expression*}; a star stands for any ending of the last word */
    static Concepts of(List<String> lines) {
        Map<String, List<Integer>> byExpression = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            int concept = line.substring(0, colon).strip().hashCode();
            for (String expression : line.substring(colon + 1).split(",", -1)) {
                String key = key(expression.strip());
                if (!key.isEmpty() && !key.equals("*")) {
                    byExpression.computeIfAbsent(key, k -> new ArrayList<>()).add(concept);
                }
            }
        }
        var builder = new Trie.Builder();
        var groups = new int[byExpression.size()][];
        int next = 0;
        for (Map.Entry<String, List<Integer>> entry : byExpression.entrySet()) {
            groups[next] = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
            String key = entry.getKey();
            if (key.endsWith("*")) {
                builder.prefix(key.substring(0, key.length() - 1), next++);
            } else {
                builder.word(key, next++);
            }
        }
        return new Concepts(builder.build(), groups);
    }

    /**
     * What a word by itself says, and what it may begin.
     *
     * @param concepts of expressions that are this one word
     * @param node where longer expressions go on, or {@link Trie#NONE}
     */
    @SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
    record Start(int[] concepts, int node) {}

    /** Reads the first word of expressions; the same word always gives the same. */
    Start start(char[] chars, int from, int until) {
        var found = new ArrayList<Integer>();
        int node = Trie.ROOT;
        for (int i = from; i < until && node != Trie.NONE; i++) {
            node = trie.next(node, chars[i]);
            tell(node == Trie.NONE ? Trie.NONE : trie.prefix(node), 0, 0, (concept, first, last) -> found.add(concept));
        }
        tell(node == Trie.NONE ? Trie.NONE : trie.word(node), 0, 0, (concept, first, last) -> found.add(concept));
        int next = node == Trie.NONE ? Trie.NONE : trie.next(node, SPACE);
        return new Start(found.stream().mapToInt(Integer::intValue).toArray(), next);
    }

    /** Finds the expressions of several words that begin with a word whose {@link Start} is known. */
    void goOn(Start start, Tokens tokens, int first, int until, Sink sink) {
        int node = start.node();
        for (int token = first + 1; token < until && node != Trie.NONE; token++) {
            node = goOn(node, tokens, first, token, sink);
            node = node == Trie.NONE ? Trie.NONE : trie.next(node, SPACE);
        }
    }

    private int goOn(int start, Tokens tokens, int first, int token, Sink sink) {
        char[] chars = tokens.chars();
        int until = tokens.until(token);
        int node = start;
        for (int i = tokens.from(token, true); i < until; i++) {
            node = trie.next(node, chars[i]);
            if (node == Trie.NONE) {
                return Trie.NONE;
            }
            tell(trie.prefix(node), first, token, sink);
        }
        tell(trie.word(node), first, token, sink);
        return node;
    }

    private void tell(int group, int first, int last, Sink sink) {
        if (group != Trie.NONE) {
            for (int concept : groups[group]) {
                sink.found(concept, first, last);
            }
        }
    }

    /** An expression as the words of a text are read: folded, without elided articles. */
    private static String key(String expression) {
        boolean open = expression.endsWith("*");
        Tokens tokens = Tokenizer.words(open ? expression.substring(0, expression.length() - 1) : expression);
        var key = new StringBuilder();
        for (int token = 0; token < tokens.count(); token++) {
            key.append(token > 0 ? " " : "").append(tokens.word(token, true));
        }
        return open ? key.append('*').toString() : key.toString();
    }
}
