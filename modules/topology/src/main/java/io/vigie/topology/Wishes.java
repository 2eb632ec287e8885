package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.Contact;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has asked for, as far as his contacts were heard, in the order in which they happened. The newest statement
 * counts. The channel that events carry from a customer's profile is the same in event after event, so it is a statement only
 * when it changes; as it was first seen, it is older than any words.
 */
final class Wishes {
    private @Nullable Contact words;
    private @Nullable Contact window;
    private @Nullable Contact profile;
    private @Nullable Contact profileBefore;

    /** The wishes after all these contacts. */
    static Wishes after(List<Contact> contacts) {
        var wishes = new Wishes();
        contacts.forEach(contact -> {
            wishes.hearProfile(contact);
            wishes.hearWords(contact);
        });
        return wishes;
    }

    /**
     * A channel asked for.
     *
     * @param channel empty for anything written
     * @param stated the contact that stated it
     */
    record ChannelWish(Optional<Channel> channel, Contact stated) {
        /** A web form or a channel nobody can name goes against no wish. */
        boolean isMetBy(Channel used) {
            if (isNeutral(used) || channel.filter(ChannelWish::isNeutral).isPresent()) {
                return true;
            }
            return channel.map(used::equals).orElse(used != Channel.PHONE && used != Channel.STORE);
        }

        private static boolean isNeutral(Channel channel) {
            return channel == Channel.WEB || channel == Channel.OTHER;
        }
    }

    /** Hears what the source knew when the contact was made. */
    void hearProfile(Contact contact) {
        if (contact.getProfileChannel().isPresent()
                && (profile == null || !profile.getProfileChannel().equals(contact.getProfileChannel()))) {
            profileBefore = profile;
            profile = contact;
        }
    }

    /** Hears what the customer said in the contact, which holds for the next one. */
    void hearWords(Contact contact) {
        if (contact.getWishedWriting() || contact.getWishedChannel().isPresent()) {
            words = contact;
        }
        if (contact.getWindowFrom().isPresent() && contact.getWindowTo().isPresent()) {
            window = contact;
        }
    }

    Optional<ChannelWish> channel() {
        boolean profileChanged = profile != null && profileBefore != null;
        if (words != null && !(profileChanged && isAfter(profile, words))) {
            return Optional.of(new ChannelWish(words.getWishedChannel(), words));
        }
        return Optional.ofNullable(profile).map(carrier -> new ChannelWish(carrier.getProfileChannel(), carrier));
    }

    /** The contact that stated the hours that hold. */
    Optional<Contact> window() {
        return Optional.ofNullable(window);
    }

    /** The contacts without which this would not be known. */
    List<Contact> statements() {
        return Stream.of(words, window, profile, profileBefore)
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean isAfter(@Nullable Contact one, Contact other) {
        return one != null && one.getOccurredAt().isAfter(other.getOccurredAt());
    }
}
