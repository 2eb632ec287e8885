package io.vigie.understanding;

import java.util.regex.Pattern;

/**
 * Answers that put a question off without a date. The leaf {@code sales.vague_answer} is how customers speak of them
 * (« une réponse vague », « il noie le poisson »); these are the answers themselves.
 */
final class VagueAnswer {
    private static final Pattern VAGUE = Pattern.compile(" (?:"
            + "(?:prevue?s?|envisagee?s?|programmee?s?) (?:pour )?plus tard"
            + "|(?:pas|aucune|sans)(?: encore| pour l' instant)?(?: de| d')?(?: date| delai| echeance)s?(?: precise| exacte?| prevue?"
            + "| a (?:vous )?(?:donner|communiquer|annoncer)| pour l' instant| pour le moment|(?= ,)|(?= $))"
            + "|(?:date|delai|calendrier) (?:non|pas) (?:encore )?(?:communiquee?|connue?|fixee?|definie?|arretee?)"
            + "|(?:pas|aucune|sans)(?: encore)?(?: de| d')? ?(?:visibilite|information precise|informations precises)"
            + "|(?:prochainement|ulterieurement|dans les prochains? (?:temps|mois)|dans un avenir proche|un jour ou l' autre)"
            + "|(?:dans les (?:plus brefs|meilleurs) delais|des que possible|au plus vite)"
            + "|(?:planned|scheduled|coming) (?:for )?(?:later|at a later)"
            + "|(?:no|not have an?|haven't got an?|don't have an?|without an?|without) (?:\\w+ )?(?:specific|exact|precise|firm|fixed)"
            + " (?:date|timeline|timeframe|time frame|eta)"
            + "|(?:no|not have an?|don't have an?) (?:eta|timeline|time frame|timeframe|visibility)"
            + "|in the near future|in due course|at some point|sometime soon|as soon as (?:possible|we can|i can)"
            + ") ");

    private VagueAnswer() {}

    static boolean in(String plain) {
        return VAGUE.matcher(plain).find();
    }
}
