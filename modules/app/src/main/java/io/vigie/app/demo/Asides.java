package io.vigie.app.demo;

import io.vigie.events.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Sentences about the customer that may follow a text, so that two customers who say the same do not say it alike. */
record Asides(Map<String, ByRegister> byLanguage) {
    record ByRegister(List<String> written, List<String> quick, List<String> spoken, List<String> survey) {
        ByRegister {
            written = List.copyOf(written);
            quick = List.copyOf(quick);
            spoken = List.copyOf(spoken);
            survey = List.copyOf(survey);
        }
    }

    Asides {
        byLanguage = Map.copyOf(byLanguage);
    }

    Optional<String> written(Words.Written words, Random random) {
        var register = register(words);
        var quick = isQuick(words.channel());
        return sometimes(quick ? 0.4 : 0.6, quick ? register.quick() : register.written(), random);
    }

    Optional<String> spoken(Words.Spoken words, Random random) {
        return sometimes(0.6, register(words).spoken(), random);
    }

    Optional<String> survey(Words.Rated words, Random random) {
        return sometimes(0.25, register(words).survey(), random);
    }

    /** Whether people type in haste there. */
    static boolean isQuick(Channel channel) {
        return switch (channel) {
            case CHAT, SMS, SOCIAL -> true;
            case EMAIL, PHONE, WEB, STORE, LETTER, OTHER -> false;
        };
    }

    private ByRegister register(Words words) {
        var language = words.about().language();
        var register = byLanguage.get(language);
        if (register == null) {
            throw new IllegalStateException("no language named " + language + " in asides.json");
        }
        return register;
    }

    private static Optional<String> sometimes(double share, List<String> asides, Random random) {
        return random.nextDouble() < share ? Optional.of(Cast.pick(asides, random)) : Optional.empty();
    }
}
