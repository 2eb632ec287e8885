package io.vigie.events;

import org.jspecify.annotations.NullMarked;

/**
 * The names of all topics: the contract's names behind one prefix.
 *
 * @param prefix what every name starts with, {@code voc.} by default; separates installations that share a cluster
 */
@NullMarked
public record Topics(String prefix) {
    /** The offer of a verbatim whose offer nobody declared. */
    public static final String UNASSIGNED = "unassigned";

    /** The names as the contract gives them. */
    public static Topics standard() {
        return new Topics("voc.");
    }

    public String tickets() {
        return prefix + "tickets";
    }

    public String calls() {
        return prefix + "calls";
    }

    public String surveys() {
        return prefix + "surveys";
    }

    public String offers() {
        return prefix + "offers";
    }

    public String verbatims() {
        return prefix + "verbatims";
    }

    /** The complaints of one offer; {@link #UNASSIGNED} for those without a declared one. */
    public String complaints(String offerId) {
        return prefix + "complaints." + offerId;
    }

    public String offerThemes() {
        return prefix + "offer-themes";
    }

    public String signals() {
        return prefix + "signals";
    }

    public String actions() {
        return prefix + "actions";
    }

    /** Technical questions of customers, by offer. */
    public String questions() {
        return prefix + "questions";
    }

    public String erasures() {
        return prefix + "erasures";
    }

    /** What became of each erasure, place by place. */
    public String erasureReceipts() {
        return prefix + "erasure-receipts";
    }

    /** Saved searches that alert. */
    public String searches() {
        return prefix + "searches";
    }

    /** What matched a saved search. */
    public String alerts() {
        return prefix + "alerts";
    }

    /** How far the alerts of each saved search are delivered. */
    public String alertDeliveries() {
        return prefix + "alert-deliveries";
    }

    /** Requests to write verbatims anew; see {@link RevisionHeader}. */
    public String revisions() {
        return prefix + "revisions";
    }

    /** Every contact between a customer and the company. */
    public String contacts() {
        return prefix + "contacts";
    }

    /** Dated promises and what became of them. */
    public String promises() {
        return prefix + "promises";
    }

    /** Contacts against a customer's stated wish. */
    public String breaches() {
        return prefix + "breaches";
    }

    /** Which version made the state of the streams. */
    public String streams() {
        return prefix + "streams";
    }

    /** Who did what. */
    public String audit() {
        return prefix + "audit";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** Which dead letters were sent back. */
    public String deadLetterReplays() {
        return prefix + "dead-letter-replays";
    }
}
