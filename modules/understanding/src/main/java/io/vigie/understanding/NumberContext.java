package io.vigie.understanding;

import java.util.Set;

/**
 * What the words before a number say it is. One in twelve random ten-digit numbers passes for a French phone number,
 * one in ten of sixteen digits for a card: a file number must be told by what stands before it.
 */
final class NumberContext {
    private static final int WORDS_MAX = 5;
    private static final int CHARS_MAX = 60;
    private static final int ABBREVIATION_MAX = 4;
    private static final Set<String> REFERENCES = Set.of(
            "dossier",
            "dossiers",
            "facture",
            "factures",
            "reference",
            "references",
            "ref",
            "refs",
            "commande",
            "commandes",
            "cde",
            "contrat",
            "contrats",
            "ticket",
            "tickets",
            "colis",
            "suivi",
            "devis",
            "siret",
            "siren",
            "serie",
            "imei",
            "reclamation",
            "intervention",
            "incident",
            "client",
            "cliente",
            "abonne",
            "identifiant",
            "order",
            "invoice",
            "case",
            "account",
            "contract",
            "tracking",
            "parcel",
            "customer",
            "serial",
            "claim");
    private static final Set<String> FILLERS = Set.of(
            "n", "no", "nr", "nos", "num", "numero", "numeros", "number", "est", "le", "la", "les", "de", "du", "mon",
            "ma", "notre", "votre", "porte", "sous", "au", "id", "is", "the", "my", "was", "nº", "et", "and");

    private NumberContext() {}

    /** Whether the words before an offset announce a reference: « dossier n° », « ma commande est la ». */
    static boolean announcesReference(String text, int offset) {
        int at = offset;
        for (int words = 0; words < WORDS_MAX; words++) {
            int end = overPunctuation(text, at, offset);
            int start = wordStart(text, end, offset);
            if (start == end) {
                return false;
            }
            String word = Folding.fold(text.substring(start, end));
            if (REFERENCES.contains(word)) {
                return true;
            }
            if (!FILLERS.contains(word)) {
                return false;
            }
            at = start;
        }
        return false;
    }

    private static int overPunctuation(String text, int from, int offset) {
        int at = from;
        while (at > 0 && offset - at < CHARS_MAX && isPassable(text, at - 1)) {
            at--;
        }
        return at;
    }

    private static boolean isPassable(String text, int at) {
        char c = text.charAt(at);
        if (c == '.') {
            int start = wordStart(text, at, at);
            return start < at && at - start <= ABBREVIATION_MAX;
        }
        return DigitRun.isBlank(c) || "°:#=('’\"«".indexOf(c) >= 0;
    }

    private static int wordStart(String text, int end, int offset) {
        int start = end;
        while (start > 0 && offset - start < CHARS_MAX && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }
}
