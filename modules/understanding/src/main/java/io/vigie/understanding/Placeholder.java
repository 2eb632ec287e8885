package io.vigie.understanding;

/** What stands in a text where personal data stood. */
enum Placeholder {
    EMAIL,
    PHONE,
    IBAN,
    CARD,
    /** The French social security number. */
    NIR,
    ADDRESS,
    BIRTHDATE,
    NAME,
    IP,
    MAC,
    PLATE,
    /** What a customer, an account or a contract is known by; of a case, an order or an invoice the number stays. */
    CUSTOMER;

    private static final Placeholder[] ALL = values();

    private final String written = "[" + name() + "]";

    String written() {
        return written;
    }

    /** The end of the placeholder that starts here, or {@code at} when none does. */
    static int end(String text, int at) {
        if (text.charAt(at) != '[') {
            return at;
        }
        for (Placeholder placeholder : ALL) {
            if (text.startsWith(placeholder.written, at)) {
                return at + placeholder.written.length();
            }
        }
        return at;
    }
}
