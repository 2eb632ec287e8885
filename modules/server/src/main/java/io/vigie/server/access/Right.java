package io.vigie.server.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a route asks for. {@link Role#ADMIN} has every right. */
public enum Right {
    /** Nothing: whoever reaches the server. */
    PUBLIC,
    /** Only to be known. */
    KNOWN,
    /** To send events. */
    PUBLISH,
    /** To read what customers said, and what is counted of it. */
    READ,
    /** To save searches, decide and answer. */
    ACT,
    /** To read offers, their sheets and questions and what came of reports; to take a question, to note who was told. */
    ASSIST,
    /** To change the catalogue, to erase customers, to send dead letters back. */
    CURATE,
    /** To see the state and the dead letters, without what their records say. */
    OVERSEE,
    /** To read metrics, and the details of health. */
    OPERATE,
    /** To read who did what. */
    AUDIT;

    /** Those who have it; of {@link #PUBLIC} it says nothing. */
    public Set<Role> roles() {
        return switch (this) {
            case PUBLIC, AUDIT -> EnumSet.of(Role.ADMIN);
            case KNOWN -> EnumSet.allOf(Role.class);
            case PUBLISH -> EnumSet.of(Role.SOURCE, Role.ADMIN);
            case READ, ACT -> EnumSet.of(Role.ANALYST, Role.STEWARD, Role.ADMIN);
            case ASSIST -> EnumSet.of(Role.AGENT, Role.ANALYST, Role.STEWARD, Role.ADMIN);
            case CURATE -> EnumSet.of(Role.STEWARD, Role.ADMIN);
            case OVERSEE -> EnumSet.of(Role.STEWARD, Role.OPS, Role.ADMIN);
            case OPERATE -> EnumSet.of(Role.OPS, Role.ADMIN);
        };
    }

    /** Whether one of these roles is enough. */
    public boolean isOf(Collection<Role> given) {
        return this == PUBLIC || given.stream().anyMatch(roles()::contains);
    }
}
