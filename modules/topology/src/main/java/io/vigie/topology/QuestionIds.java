package io.vigie.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Ids of questions. One with rare terms is named by its offer and its topic, so it has the same id whoever asks first and
 * however often the stream begins anew; one without is named by its first asker too.
 */
final class QuestionIds {
    /** Characters of an id. */
    static final int LENGTH = 16;
    /** Characters that the ids of questions without rare terms have in common when they may be the same. */
    static final int TOPIC_LENGTH = 8;

    private static final char END = '\0';

    private QuestionIds() {}

    static String ofTopic(String offerId, String topic) {
        return hash(offerId + END + topic).substring(0, LENGTH);
    }

    /** What ids of the same topic begin with. */
    static String topicPart(String offerId, String topic) {
        return ofTopic(offerId, topic).substring(0, TOPIC_LENGTH);
    }

    static String ofAsker(String offerId, String topic, String verbatimId, String wording) {
        return topicPart(offerId, topic) + hash(verbatimId + END + wording).substring(0, LENGTH - TOPIC_LENGTH);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
