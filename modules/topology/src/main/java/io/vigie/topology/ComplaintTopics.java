package io.vigie.topology;

/** Makes sure that the topic of an offer's complaints exists. */
@FunctionalInterface
public interface ComplaintTopics {
    /**
     * Returns when the topic exists.
     *
     * @throws RuntimeException when it cannot be made; the offer then stays unknown and its complaints unassigned
     */
    void ensure(String offerId);
}
