package io.vigie.index;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;

/**
 * Words that bind others together, or greet, and say nothing by themselves. Lucene's lists are made to keep an index small: the French
 * one has no {@code très}, {@code comme} or {@code quand}, the English one neither {@code you} nor {@code have}.
 *
 * <p>Not among them is what means something else in the other language ({@code car}) or in complaints ({@code down}), and
 * what tells how often something was so ({@code jamais}, {@code toujours}, {@code again}).
 */
final class FunctionWords {
    private static final List<String> FRENCH = List.of(
            "je j tu il elle on nous vous ils elles me m te t se s le la l les lui leur leurs eux moi toi soi y en",
            "un une des du de d au aux ce c ces mon ma mes ton ta tes son sa ses notre nos votre vos que qu qui quel quelle",
            "et ou mais or à dans par pour sur avec sans ne n pas",
            "être suis es est sommes êtes sont étais était étions étiez étaient été étant",
            "serai seras sera serons serez seront serais serait serions seraient sois soit soyons soyez soient fut",
            "avoir ai as a avons avez ont avais avait avions aviez avaient eu eue eues eus",
            "aurai auras aura aurons aurez auront aurais aurait aurions auraient ait aie ayez aient ayant",
            "faire fais fait faites font faisait dire dis dit dites disent rien",
            "bonjour bonsoir cordialement madame monsieur svp",
            "peux peut pouvez pouvons peuvent pourrais pourrait pourriez pourraient pouvoir pu",
            "dois doit devez devons doivent devrais devrait devriez devoir dû",
            "veux veut voulez voulons veulent voudrais voudrait voudrions vouloir",
            "vais va vas allez allons vont aller",
            "ça cela ceci cet cette celui celle ceux celles voici voilà là",
            "très trop si tant tellement assez peu plus moins aussi ainsi",
            "comme comment pourquoi quand où combien quoi dont",
            "lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels auxquelles",
            "alors donc puis ensuite lorsque puisque quoique parce afin tandis pendant depuis après avant",
            "entre vers chez contre dès sous jusque selon malgré lors via ni",
            "tout tous toute toutes chaque quelque quelques plusieurs certain certaine certains certaines",
            "autre autres aucun aucune tel telle tels telles");

    private static final List<String> ENGLISH = List.of(
            "i me my mine myself we us our ours ourselves you your yours yourself he him his she her hers its them theirs",
            "who whom whose which what when where why how those am were been being",
            "have has had having do does did doing would shall should can could may might must ought",
            "nor than because while until since before after during between among through onto from about against",
            "each every either neither some any all both only own same just very too more most much many few less",
            "here also even so yet cannot get gets got",
            "hello hi please regards sir",
            "don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't",
            "i'm i've i'd i'll you're you've you'd you'll we're we've we'd we'll they're they've they'd they'll");

    private static final Set<String> ALL = all();

    private FunctionWords() {}

    /**
     * Of both languages for all: texts mix them, and few words of one mean anything in the other.
     *
     * @param word as it is indexed: without accents and in small letters
     */
    static boolean has(String word) {
        return ALL.contains(word);
    }

    private static Set<String> all() {
        var own = Stream.concat(FRENCH.stream(), ENGLISH.stream());
        var lucene = Stream.of(FrenchAnalyzer.getDefaultStopSet(), EnglishAnalyzer.getDefaultStopSet())
                .flatMap(CharArraySet::stream)
                .map(word -> new String((char[]) word));
        return Stream.concat(own, lucene)
                .flatMap(words -> TextAnalyzer.words(words).stream())
                .map(TextAnalyzer.Word::text)
                .collect(Collectors.toUnmodifiableSet());
    }
}
