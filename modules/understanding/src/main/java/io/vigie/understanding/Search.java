package io.vigie.understanding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search for one kind of personal data.
 *
 * @param bit the search as a member of a set of searches
 * @param placeholder what is put in
 */
record Search(int bit, Placeholder placeholder, Detector detector) {

    /** Finds personal data. */
    interface Detector {
        /** The first one at or after an offset. */
        @Nullable
        Span next(String text, int from);
    }

    static final Search EMAIL = new Search(1, Placeholder.EMAIL, Emails::next);
    static final Search SPELLED_EMAIL = new Search(1 << 1, Placeholder.EMAIL, SpelledEmails::next);
    static final Search IBAN = new Search(1 << 2, Placeholder.IBAN, Ibans::next);
    static final Search NIR = new Search(1 << 3, Placeholder.NIR, SocialSecurityNumbers::next);
    static final Search CARD = new Search(1 << 4, Placeholder.CARD, Cards::next);
    static final Search MAC = new Search(1 << 5, Placeholder.MAC, MacAddresses::next);
    static final Search IPV6 = new Search(1 << 6, Placeholder.IP, Ipv6Addresses::next);
    static final Search IPV4 = new Search(1 << 7, Placeholder.IP, Ipv4Addresses::next);
    static final Search BIRTHDATE = new Search(1 << 8, Placeholder.BIRTHDATE, Birthdates::next);
    static final Search PHONE = new Search(1 << 9, Placeholder.PHONE, PhoneNumbers::next);
    static final Search SPOKEN_PHONE = new Search(1 << 10, Placeholder.PHONE, SpokenPhones::next);
    static final Search FRENCH_ADDRESS = new Search(1 << 11, Placeholder.ADDRESS, FrenchAddresses::next);
    static final Search ENGLISH_ADDRESS = new Search(1 << 12, Placeholder.ADDRESS, EnglishAddresses::next);
    static final Search PLATE = new Search(1 << 13, Placeholder.PLATE, Plates::next);
    static final Search NAME = new Search(1 << 14, Placeholder.NAME, Names::next);
    static final Search SIGNATURE = new Search(1 << 15, Placeholder.NAME, Signatures::next);
    static final Search CUSTOMER = new Search(1 << 16, Placeholder.CUSTOMER, CustomerNumbers::next);

    /**
     * In the order in which they are made: what is told by its key or its form comes before what would take a part of it
     * for something else, and names come last, when only words are left.
     */
    static final List<Search> ALL = List.of(
            EMAIL,
            SPELLED_EMAIL,
            IBAN,
            NIR,
            CARD,
            MAC,
            IPV6,
            IPV4,
            BIRTHDATE,
            CUSTOMER,
            PHONE,
            SPOKEN_PHONE,
            FRENCH_ADDRESS,
            ENGLISH_ADDRESS,
            PLATE,
            NAME,
            SIGNATURE);

    @Nullable
    Span next(String text, int from) {
        return detector.next(text, from);
    }
}
