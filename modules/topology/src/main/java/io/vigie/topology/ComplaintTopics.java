package io.vigie.topology;

/** Makes sure that the topic of an offer's complaints exists. */
@FunctionalInterface
public interface ComplaintTopics {
    /**
     * Returns when the topic exists.
     *
     * @throws RuntimeException when it cannot be made; the offer is known all the same, and complaints of it wait until it can
     */
    void ensure(String offerId);
}
