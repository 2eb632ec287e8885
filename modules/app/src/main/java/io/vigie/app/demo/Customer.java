package io.vigie.app.demo;

import java.text.Normalizer;
import java.util.Locale;

/** Somebody invented, with the personal data that Vigie must redact. */
record Customer(
        String id,
        String first,
        String last,
        Cast.Region region,
        String town,
        String street,
        String phone,
        String mobile,
        String card,
        String iban) {
    String mail() {
        return plain(first) + "." + plain(last) + "@example.fr";
    }

    /** Without accents or capitals, as in an address or in haste. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
