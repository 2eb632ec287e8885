package io.vigie.server;

import io.vigie.events.Alert;
import java.util.List;

/** The alerts of late as they are known here. Any thread may ask. */
public interface AlertDirectory {
    /** Most alerts kept of one saved search. */
    int ALERTS_MAX = 100;

    /** Those of one saved search, the newest first. */
    List<Alert> newest(String searchId);

    /** Those of all saved searches. */
    AlertLog log();

    /** Calls somebody whenever there is another one. */
    void onAlert(Runnable listener);

    /** Whether those are known that were there when this process began. */
    boolean caughtUp();
}
