package io.vigie.topology.signals;

import java.util.List;
import java.util.Set;

/** Words that say nothing by themselves, in French and English, without accents; fewer than a search would leave out. */
final class StopWords {
    private static final Set<String> WORDS = Set.copyOf(List.of("""
            a ai ais ait alors an ans apres as au aucun aucune aujourd aura aurait aussi autre autres aux avaient avais avait
            avant avec avez avoir avons ayant beaucoup bien bon bonjour bonsoir c ca car ce cela celle celles celui ces cet
            cette ceux chaque chez ci comme comment cordialement d dans de dehors deja depuis des dire dis dit dites dois
            doit donc donne du elle elles en encore entre es est et etaient etais etait etant ete etes etre eu eux fait faire
            fais faites faut fois font grace hier hors ici il ils j jamais je jour jours jusqu jusque juste l la le les leur
            leurs lors lui m ma mais me meme memes merci mes mis mois moi moins mon monsieur madame n ne ni nos notre nous
            on ont ou oui par parce pas pendant peu peut peux plus plusieurs pour pourquoi pouvez pouvoir pris puis qu quand
            que quel quelle quelles quelque quelques quels qui quoi rien s sa sais sans se semaine semaines sera serait ses
            seulement si son sont sous suis sur t ta te tellement tes toi ton toujours tous tout toute toutes tres trop tu un
            une va vais veut veux vers veuillez vient voila voir vont vos votre vous vraiment vu y
            about after again all also am and any are as at be because been before being but by can could day days did do
            does doing done don down each even ever every for from get gets getting go going got had has have having he
            hello her here hi him his how if in into is isn it its just know last like ll made make many me month months more
            most much my need never new no not now of off on one only or other our out over please re really said same say
            she should since so some still such tell than thank thanks that the their them then there these they thing this
            those through time to today told too two until up us used very ve want was way we week weeks well were what when
            where which while who why will with without won would yes yet you your""".split("\\s+")));

    private StopWords() {}

    /** @param folded in small letters, without accents */
    static boolean has(String folded) {
        return WORDS.contains(folded);
    }
}
