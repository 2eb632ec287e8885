package io.vigie.understanding;

import io.vigie.understanding.Deadlines.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells in a plain sentence what the company commits itself to, and until when.
 *
 * <p>The sentence is cut into clauses at pauses and conjunctions. A deadline belongs to the commitment or demand in its own
 * clause, the nearest before it first; a clause without either (« au plus tard vendredi ») goes with the one before it, or
 * else the one after (« d'ici vendredi, je vous rappelle »). What is tied to a condition, or hedged, commits nobody.
 */
final class Commitment {
    private enum Stance {
        COMMITS,
        DEMANDS,
        NONE
    }

    private static final String PRONOUNS =
            "(?: (?:vous|le|la|les|l'|en|y|lui|leur|me|m'|nous|te|t'|moi meme|personnellement|donc|bien|aussi))*";
    private static final String NOT_THEN = "(?! (?:pas|plus|jamais|rien|guere) )";
    private static final String PRESENT =
            "(?:recontact(?:e|ons)|contact(?:e|ons)|appel(?:le|ons)|telephone|reviens|revient|revenons"
                    + "|dis|dit|disons|tiens|tient|tenons|reponds?|repondons|donn(?:e|ons)|envoi?e|envoyons|renvoi?e|renvoyons|transmets?"
                    + "|transmettons|fais|fait|faisons|ecris|ecrit|ecrivons|communiqu(?:e|ons)|adress(?:e|ons)|expedi(?:e|ons)"
                    + "|rembours(?:e|ons)|proced(?:e|ons)|interviens|intervient|intervenons|pass(?:e|ons)|livr(?:e|ons)|trait(?:e|ons)"
                    + "|regl(?:e|ons)|previens|previent|prevenons|avis(?:e|ons)|fournis|fournit|apport(?:e|ons)|verifi(?:e|ons)"
                    + "|regard(?:e|ons)|mets|met|mettons|activ(?:e|ons)|retablis|planifi(?:e|ons)|programm(?:e|ons)|corrig(?:e|eons)"
                    + "|credit(?:e|ons)|occup(?:e|ons)|engag(?:e|eons)|promets|promettons|garantis|relanc(?:e|ons)|assur(?:e|ons)"
                    + "|debloqu(?:e|ons)|chang(?:e|eons)|echang(?:e|eons)|remplac(?:e|ons)|effectu(?:e|ons)|renseigne|recherch(?:e|ons)"
                    + "|depos(?:e|ons)|prends|prend|prenons|finalis(?:e|ons)|boucl(?:e|ons)|rappell?(?:e|ons)|confirm(?:e|ons)"
                    + "|inform(?:e|ons)|indiqu(?:e|ons)|precis(?:e|ons)|sors|livre|monte)"
                    + NOT_THEN
                    // « Je vous rappelle que votre facture... » reminds and states; it commits nobody.
                    + "(?! (?:bien |donc |egalement |aussi )?(?:que|qu') )";
    /** « Je vous rappelle votre rendez-vous » and « je vous confirme votre commande » state as well. */
    private static final String NO_STATEMENT =
            "(?!(?:rappell?(?:e|ons)|confirm(?:e|ons)|precis(?:e|ons)|indiqu(?:e|ons)) (?:votre|vos|avoir|(?:le|la|les|l'|ce|cette|un|une)"
                    + "(?! (?:\\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|soir|matin|jour|semaine))) )";

    private static final String FUTURE =
            "(?!(?:se|dev|tente|ve|essaie|essaye|laisse|attend|aime|espe|doute|faud|aimer|refuse)r{1,2}(?:ai|ons|a) )"
                    + "\\w{2,}r(?:ai|ons|a)" + NOT_THEN;
    private static final String INFINITIVE =
            "(?!(?:essayer|tenter|devoir|pouvoir|voir|partir|attendre|etre|fermer|laisser|regretter) )\\w{2,}(?:er|ir|re|oir)";
    private static final String DONE =
            "(?:r?appele|(?:re)?contacte|rembourse|livre|prevenu|informe|avise|credite|depanne|raccorde|fixe"
                    + "|notifie|tenu|recu|indemnise|dedommage|mis|debloque|active|installe|retabli|expedie|envoye|transmis|traite|regle"
                    + "|resolu|repare|corrige|fait|realise|effectue|adresse|communique|verse|planifie|remplace|annule|finalise|posee?"
                    + "|cloture|poste|programme|ouvert|termine|remis|operationnel|disponible|pret|en service)e?s?";
    private static final String ACTOR =
            "(?:ce|technicien|technicienne|techniciens|conseiller|conseillere|collegue|collegues|equipe|equipes|service"
                    + "|expert|experte|responsable|superviseur|superieur|manager|direction|quelqu' un|comptabilite|transporteur|livreur"
                    + "|colis|remboursement|virement|avoir|ligne|modem|box|routeur|materiel|commande|dossier|demande|probleme|incident"
                    + "|connexion|reponse|geste|credit|courrier|cheque|confirmation|intervention|reparation|raccordement|il|elle|ils|cela"
                    + "|ca|tout|panne|numero|portabilite|fibre|installation|activation|migration|option|technicienne|document|devis|carte|mail|retour)";

    private static final Pattern COMMITS = Pattern.compile("(?<= )(?:"
            + "(?:je|j'|nous|on)" + PRONOUNS + " (?:" + NO_STATEMENT + PRESENT + "|" + FUTURE
            + "|(?:vais|va|allons)" + NOT_THEN + "(?: (?:donc|aussi|bien|tout de suite))*" + PRONOUNS + " " + INFINITIVE
            + "|(?<=je |nous )ne (?:manquerai|manquerons) pas de|serai en mesure|serons en mesure|serai de retour vers)"
            + "|vous(?: (?:le|la|les|l'|en|y))* (?:aurez|recevrez|obtiendrez|(?:serez|allez etre)(?: (?:bien|donc|alors|ensuite))? "
            + DONE + "|allez (?:avoir|recevoir))(?! (?:a|besoin|droit|la possibilite|pas|plus) )"
            + "|" + ACTOR + "(?: (?!ne |n' |pas )\\w+){0,4}? (?:vous (?:r?appelle|recontacte|contacte)"
            + "|vous (?:r?appelleront|recontacteront|contacteront)"
            + "|(?:sera|seront|va etre|vont etre)(?: (?:bien|donc|a nouveau|entierement|integralement))? " + DONE
            + "|(?!(?:se|fau|ve)(?:d|r)?ra )(?!devra |pourra |devront |sera |seront )\\w{2,}r(?:a|ont)" + NOT_THEN
            + "|(?:va|vont) (?:vous )?(?!etre |devoir |pouvoir )\\w+(?:er|ir|re))"
            + "|(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)(?: (?:definitely|certainly|also|then"
            + "|personally|then|be sure to))*(?! (?:not|never|try|need|see|have to|be away|be out|be off|be closed|be on leave|not be"
            + "|be on holiday) ) \\w+"
            + "|(?:i|we) (?:promise|guarantee|commit|undertake)"
            + "|let me (?:get back|call|ring|check|find out|come back|confirm|look)"
            + "|(?:i'm|i am|we're|we are) (?:calling|getting back|sending|emailing|coming back|shipping|refunding|posting)"
            + "|you(?:'ll| will|'re going to| are going to)(?: (?:also|then|definitely))*"
            + " (?:get|have(?! to )|receive|hear|be (?!charged|billed|asked|required|able|away|disconnected)\\w+ed|be (?:told|paid|sent|back online))"
            + "|(?:technician|engineer|team|colleague|manager|adviser|advisor|specialist|someone|department|refund|payment|parcel|order"
            + "|replacement|line|connection|router|reply|answer|issue|fault|credit|cheque|letter|confirmation|supervisor|courier"
            + "|package|he|she|they|it|service)(?: (?!not )\\w+){0,4}?(?:'ll| will| is going to| are going to)"
            + "(?! (?:not|need|have to|be billed|be charged|be cut|be due) ) \\w+"
            + ")(?= )");
    /** What commits without saying who: only at the beginning of a clause. */
    private static final Pattern COMMITS_FIRST = Pattern.compile("^ (?:(?:et|puis|and|then|ok|oui|bien) )*(?:"
            + "vous(?: (?:le|la|les|l'|en|y))* (?:rappelle|recontacte|contacte|dis|reviens|tiens|envoie|transmets|confirme|donne|fais"
            + "|ecris|\\w{2,}rai)" + NOT_THEN + "|(?:reviens|reviendrai) vers vous"
            + "|(?:une |votre )?(?:reponse|retour|rappel|remboursement|envoi|intervention)(?: (?:de (?:ma|notre) part|definitif|definitive"
            + "|technique|complete?|ecrite?|du technicien|prevue?|garantie?))*(?= (?:#|avant|sous|d'|demain|au plus|des|dans|lundi|mardi"
            + "|mercredi|jeudi|vendredi|cet|ce|aujourd'hui|le|en|pour) )"
            + "|let you know|(?:get|come) back to you|(?:call|ring|email|send|tell|update|refund|keep) you|write to you"
            + "|(?:will|shall) (?:call|ring|get back|reply|update|confirm|send|let|email|be in touch|come back|follow|have)"
            + ")(?= )");

    private static final Pattern DEMANDS = Pattern.compile("(?<= )(?:"
            + "merci de|merci d'|veuillez|il faut|il faudra|il vous (?:faut|faudra)|pensez|n' oubliez|n' hesitez"
            + "|je vous (?:invite|demande|prie|remercie|conseille|laisse|suggere|recommande)"
            + "|nous vous (?:demandons|prions|invitons|conseillons|laissons|recommandons|remercions)|on vous (?:demande|laisse)"
            + "|vous avez jusqu'|a nous (?:retourner|renvoyer|envoyer)|a (?:retourner|renvoyer|regler|payer)"
            + "|doit|doivent|devra|devront|vous aurez (?:a|besoin)|(?:j' aurai|nous aurons|j' ai|nous avons) besoin|il (?:me|nous) (?:faut|faudra)"
            + "|(?:sera|seront) (?:facture|debite|preleve|coupe|suspendu|resilie)e?s?|prelevement"
            + "|vous(?: (?:nous|me|m'|le|la|les|l'|y|en|lui|leur|n'|ne))* (?!aurez|recevrez|serez|allez|obtiendrez|chez|assez)\\w+ez"
            + "|please|kindly|(?:you|they|he|she)(?:'ll| will)? (?:must|need|have to|should|can|could|may|might|want|are required)"
            + "|make sure|remember to|do not forget|don't forget|(?:we|i) (?:need|want|ask|would ask|'d ask) you"
            + "|(?:must|should|needs to|has to|have to) be|(?:is|are) due|you have until|for you to|to be (?:paid|returned)"
            + ")(?= )");
    private static final Pattern DEMANDS_FIRST =
            Pattern.compile("^ (?:(?:et|puis|mais|donc|sinon|alors|and|then|but|so|or) )*(?:"
                    + "(?!chez |assez |rendez vous |aurez |recevrez |serez )\\w{2,}ez"
                    + "|call|ring|send|return|reply|email|contact|bring|pay|submit|fill|complete|let us know|get back|give us|restart|keep|check"
                    + "|post|sign|upload|confirm|drop|leave|try|ask|visit|order)(?! (?:to )?you )(?= )");
    private static final Pattern HEDGED = Pattern.compile(
            " (?:essai\\w+|essay\\w+|tente\\w*|peut etre|probablement|sans doute|normalement"
                    + "|en principe|theoriquement|espere\\w*|esperons|devrait|devriez|devrais|devrions|devraient|pourrait|pourrais|pourrions"
                    + "|pourriez|pourraient|aimerais|voudrais|souhaiterais|serait|il se peut|eventuellement|sans garantie|vraisemblablement"
                    + "|faire (?:mon|notre|le) (?:possible|maximum|mieux)|si possible|sauf imprevu|a priori|j' imagine|je suppose"
                    + "|try|trying|might|maybe|perhaps|probably|hope|hopefully|hoping|should|could|would|possibly|no guarantee|i think|not sure"
                    + "|do my best|do our best|if possible|all being well|expect|likely|(?:i|we|you|it|he|she|they) may|i guess|ideally) ");
    private static final Pattern CONDITION = Pattern.compile(
            " (?:sauf (?:si|avis)|a condition|sous reserve|a moins (?:que|qu'|de)|en cas de"
                    + "|en cas d'|au cas ou|des que vous|des reception|une fois (?:que vous|que nous aurons recu|votre|vos|le|la|les)|a reception"
                    + "|apres reception|(?:quand|lorsque) vous|sinon|si besoin|si necessaire|si jamais|si le cas|si c' est possible|si vous (?:le )?(?:voulez|souhaitez|preferez|pouvez)"
                    + "|unless|provided|providing|as long as|assuming|in case|once (?:you|we have|we receive|your)|when you|as soon as you"
                    + "|after you|upon receipt|on receipt|otherwise|if needed|if necessary|if you (?:like|want|wish|prefer)|should you|in the event) ");
    private static final Pattern IF = Pattern.compile(" (?:si|s' (?=ils? )|if|whether) ?");
    /** Behind these, « si » is a question handed on: « je vous dirai avant vendredi si le port est ouvert ». */
    private static final Pattern TELLING = Pattern.compile(
            " (?:dis|dit|dire|dirai|dirons|dira|savoir|verifi\\w*|confirm\\w*|indiqu\\w*|inform\\w*"
                    + "|precis\\w*|voir|regard\\w*|demand\\w*|renseign\\w*|previen\\w*|know|tell|check\\w*|see|find out|ask) ");

    private static final Pattern BOUNDARY = Pattern.compile(
            " (?:,|et|mais|puis|car|donc|sinon|ensuite|afin|and|but|then|so|because|parce que|puisque|or)(?= )");
    /** A clause with a subject of its own is no fragment of another one. */
    private static final Pattern SUBJECT = Pattern.compile(
            "(?<= )(?:je|j'|on|nous|vous|ils?|elles?|ce|c'|ca|cela|qui|i|we|you|he|she|they|it|that|there|i've|we've|you've)(?= )");

    private static final Pattern ONLY_LINK = Pattern.compile(" ?(?:,|et|and|or)? ?(?:a|le|au|the|to|de|du)? ?");
    /** A hedge of so few words hedges what follows it: « normalement, ... ». */
    private static final int ASIDE_CHARS_MAX = 24;

    private record Clause(int from, int to, boolean hedged) {}

    private record Found(Stance stance, int at) {
        static final Found NOTHING = new Found(Stance.NONE, -1);
    }

    private final String plain;
    private final Deadlines deadlines;
    private final List<Clause> clauses = new ArrayList<>();

    private Commitment(String plain, Deadlines deadlines) {
        this.plain = plain;
        this.deadlines = deadlines;
    }

    /** When what a sentence promises is due, one for each clause that promises something, in their order. */
    static List<Instant> in(String plain, Deadlines deadlines) {
        return new Commitment(plain, deadlines).dues();
    }

    private List<Instant> dues() {
        List<Piece> pieces = deadlines.in(plain);
        if (pieces.isEmpty() || isConditional()) {
            return List.of();
        }
        cut(pieces);
        List<List<Piece>> byClause = new ArrayList<>();
        clauses.forEach(clause -> byClause.add(new ArrayList<>()));
        for (Piece piece : pieces) {
            int owner = owner(piece);
            if (owner >= 0) {
                byClause.get(owner).add(piece);
            }
        }
        return byClause.stream().map(deadlines::due).flatMap(Optional::stream).toList();
    }

    private boolean isConditional() {
        if (CONDITION.matcher(plain).find()) {
            return true;
        }
        Matcher condition = IF.matcher(plain);
        while (condition.find()) {
            boolean bound = plain.startsWith("whether", condition.start() + 1);
            if (!bound
                    && !TELLING.matcher(plain.substring(0, condition.start() + 1))
                            .find()) {
                return true;
            }
        }
        return false;
    }

    private void cut(List<Piece> pieces) {
        Matcher boundary = BOUNDARY.matcher(plain);
        int from = 0;
        boolean aside = false;
        while (boundary.find()) {
            if (!isInside(boundary.start(), boundary.end(), pieces)) {
                aside = add(from, boundary.start() + 1, aside);
                from = boundary.start() + (plain.charAt(boundary.end() - 1) == ',' ? 2 : 0);
            }
        }
        add(from, plain.length(), aside);
    }

    private boolean add(int from, int to, boolean hedgedBefore) {
        if (to - from < 2) {
            return hedgedBefore;
        }
        String words = plain.substring(from, to);
        boolean hedged = HEDGED.matcher(words).find();
        clauses.add(new Clause(from, to, hedged || hedgedBefore));
        return hedged
                && words.length() <= ASIDE_CHARS_MAX
                && !SUBJECT.matcher(words).find();
    }

    /** « entre lundi et mercredi », « vendredi, 14 h »: within one deadline, or between two that make one. */
    private boolean isInside(int start, int end, List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (start >= piece.from() && end <= piece.to()) {
                return true;
            }
            boolean between = i + 1 < pieces.size()
                    && start >= piece.to()
                    && end <= pieces.get(i + 1).from();
            if (between
                    && ONLY_LINK
                            .matcher(plain.substring(
                                    piece.to(), pieces.get(i + 1).from()))
                            .matches()) {
                return true;
            }
        }
        return false;
    }

    /** The clause whose commitment a deadline belongs to, or -1 when it belongs to none. */
    private int owner(Piece piece) {
        int own = clauseAt(piece.from());
        Found found = stance(own, piece.from());
        if (found.stance() == Stance.NONE && has(SUBJECT, clauses.get(own))) {
            return -1;
        }
        for (int clause = own; found.stance() == Stance.NONE && clause > 0; ) {
            clause--;
            found = stance(clause, clauses.get(clause).to());
        }
        for (int clause = own; found.stance() == Stance.NONE && clause < clauses.size() - 1; ) {
            clause++;
            found = stance(clause, clauses.get(clause).from());
        }
        return found.stance() == Stance.COMMITS ? clauseAt(found.at()) : -1;
    }

    private int clauseAt(int position) {
        for (int i = clauses.size() - 1; i > 0; i--) {
            if (clauses.get(i).from() <= position) {
                return i;
            }
        }
        return 0;
    }

    /** What a clause says at a position: the last thing before it, or else the first behind it. */
    private Found stance(int index, int position) {
        Clause clause = clauses.get(index);
        Found before = Found.NOTHING;
        Found after = Found.NOTHING;
        for (Found found : found(clause)) {
            if (found.at() < position) {
                before = found.at() >= before.at() ? found : before;
            } else if (after.stance() == Stance.NONE || found.at() < after.at()) {
                after = found;
            }
        }
        Found nearest = before.stance() == Stance.NONE ? after : before;
        return clause.hedged() && nearest.stance() == Stance.COMMITS
                ? new Found(Stance.DEMANDS, nearest.at())
                : nearest;
    }

    private boolean has(Pattern pattern, Clause clause) {
        return pattern.matcher(plain).region(clause.from(), clause.to()).find();
    }

    private List<Found> found(Clause clause) {
        var found = new ArrayList<Found>();
        find(COMMITS_FIRST, Stance.COMMITS, clause, found);
        find(COMMITS, Stance.COMMITS, clause, found);
        find(DEMANDS_FIRST, Stance.DEMANDS, clause, found);
        find(DEMANDS, Stance.DEMANDS, clause, found);
        return found;
    }

    private void find(Pattern pattern, Stance stance, Clause clause, List<Found> into) {
        Matcher matcher = pattern.matcher(plain).region(clause.from(), clause.to());
        while (matcher.find()) {
            into.add(new Found(stance, matcher.start()));
        }
    }
}
