package io.vigie.understanding;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a customer was contacted otherwise than asked. */
final class ChannelRules {
    private static final String EMAIL_ONLY = "email_only";
    private static final String SMS_PREFERRED = "sms_preferred";
    private static final String CHANNEL_IGNORED = "sales.channel_ignored";
    private static final String PHONE_PRESSURE = "sales.phone_pressure";

    /** A web form or a channel we cannot name says nothing about how the customer was contacted. */
    private static final Set<String> NEUTRAL = Set.of("WEB", "OTHER", "");

    private static final Set<String> WRITTEN = Set.of("EMAIL", "LETTER", "CHAT", "SMS");
    private static final Set<String> NOT_WRITTEN = Set.of("PHONE", "STORE");

    private ChannelRules() {}

    static boolean mismatch(Utterance utterance, List<Heard> heard, Collection<ThemeBuilder> themes) {
        String channel = normal(utterance.channel());
        String preferred = normal(utterance.preferredChannel());
        return differ(channel, preferred)
                || (wantsWriting(heard) && NOT_WRITTEN.contains(channel))
                || hasTheme(themes, CHANNEL_IGNORED)
                || wishIgnored(utterance, heard, themes);
    }

    /** Whether the customer speaks of being called, and is known to want to be written to. */
    static boolean wishIgnored(Utterance utterance, List<Heard> heard, Collection<ThemeBuilder> themes) {
        boolean called =
                hasTheme(themes, PHONE_PRESSURE) || heard.stream().anyMatch(said -> said.says(Rules.Role.CALLS));
        return called && (wantsWriting(heard) || WRITTEN.contains(normal(utterance.preferredChannel())));
    }

    private static boolean wantsWriting(List<Heard> heard) {
        return heard.stream().anyMatch(said -> said.prefers(EMAIL_ONLY) || said.prefers(SMS_PREFERRED));
    }

    private static boolean differ(String channel, String preferred) {
        return !NEUTRAL.contains(channel) && !NEUTRAL.contains(preferred) && !channel.equals(preferred);
    }

    private static boolean hasTheme(Collection<ThemeBuilder> themes, String id) {
        return themes.stream().anyMatch(theme -> theme.leaf().id().equals(id));
    }

    private static String normal(@Nullable String channel) {
        return channel == null ? "" : channel.strip().toUpperCase(Locale.ROOT);
    }
}
