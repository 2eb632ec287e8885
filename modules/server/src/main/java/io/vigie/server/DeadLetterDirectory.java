package io.vigie.server;

import java.util.List;

/** The dead letters as they are known here. Any thread may ask. */
public interface DeadLetterDirectory {
    /** The newest ones, of which a bounded number is known; the newest first. */
    List<BuriedRecord> deadLetters();

    /** Whether there were more than are known here. */
    boolean isCut();

    /** Up once it has caught up; down with what to do otherwise. */
    Health.State state();
}
