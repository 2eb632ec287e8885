package io.vigie.topology;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns customer ids into keys that say only that two verbatims are of the same customer: HMAC-SHA-256 (RFC 2104), cut to
 * 128 bits. Without the secret a key can neither be turned back nor guessed from a list of ids.
 */
public final class CustomerKeys {
    /** Shortest secret that is taken, in bytes. */
    public static final int SECRET_BYTES_MIN = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 16;
    /** No customer is called so. */
    private static final String CHECKED = "\0the secret itself";

    /** Knows the secret and is never used itself: each id gets a copy, which need not be found and keyed again. */
    private final Mac keyed;

    public CustomerKeys(byte[] secret) {
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "the secret has " + secret.length + " bytes; at least " + SECRET_BYTES_MIN);
        }
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java lacks " + ALGORITHM, e);
        }
    }

    /** Tells this secret from another one, and nothing else of it. */
    public String checksum() {
        return keyOf(CHECKED);
    }

    /** The key of one customer: 22 characters of base64url, the same for the same id and secret. */
    public String keyOf(String customerId) {
        try {
            byte[] hash = ((Mac) keyed.clone()).doFinal(customerId.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEY_BYTES));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java cannot copy " + ALGORITHM, e);
        }
    }
}
