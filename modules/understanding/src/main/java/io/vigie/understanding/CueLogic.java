package io.vigie.understanding;

import java.util.List;

/** What follows from cues alone, whatever the text. What it says holds; it may fail to see that something follows. */
final class CueLogic {
    private CueLogic() {}

    /** Whether no sentence at all can match a cue, because it forbids what it asks for. */
    static boolean isImpossible(Cue cue) {
        return switch (cue) {
            case Cue.Word word -> false;
            case Cue.Phrase phrase -> false;
            case Cue.All all -> all.required().stream().anyMatch(part -> isImpossible(part, all.prohibited()));
            case Cue.Any any -> any.options().stream().allMatch(part -> isImpossible(part, any.prohibited()));
        };
    }

    private static boolean isImpossible(Cue part, List<Cue> prohibited) {
        return isImpossible(part) || prohibited.stream().anyMatch(not -> implies(part, not));
    }

    /** Whether every sentence that matches a cue matches the other one as well. */
    static boolean implies(Cue cue, Cue other) {
        return cue.equals(other) || impliesByParts(cue, other) || impliesAsAWhole(cue, other);
    }

    private static boolean impliesByParts(Cue cue, Cue other) {
        return switch (cue) {
            case Cue.Word word -> other instanceof Cue.Word wider && isUnder(word, wider);
            case Cue.Phrase phrase -> impliesByWords(phrase, other);
            case Cue.All all -> all.required().stream().anyMatch(part -> implies(part, other));
            case Cue.Any any -> any.options().stream().allMatch(part -> implies(part, other));
        };
    }

    private static boolean impliesByWords(Cue.Phrase phrase, Cue other) {
        return switch (other) {
            case Cue.Word wider -> phrase.words().stream().anyMatch(word -> isUnder(word, wider));
            case Cue.Phrase wider ->
                phrase.slop() <= wider.slop() && phrase.words().equals(wider.words());
            case Cue.All all -> false;
            case Cue.Any any -> false;
        };
    }

    private static boolean impliesAsAWhole(Cue cue, Cue other) {
        return switch (other) {
            case Cue.Word word -> false;
            case Cue.Phrase phrase -> false;
            case Cue.All all ->
                all.prohibited().isEmpty() && all.required().stream().allMatch(part -> implies(cue, part));
            case Cue.Any any ->
                any.prohibited().isEmpty() && any.options().stream().anyMatch(part -> implies(cue, part));
        };
    }

    private static boolean isUnder(Cue.Word word, Cue.Word wider) {
        return wider.beginning() ? word.letters().startsWith(wider.letters()) : word.equals(wider);
    }
}
