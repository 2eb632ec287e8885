package io.vigie.server;

import io.vigie.events.Alert;
import java.util.List;

/** The alerts of late as they are known here. Any thread may ask. */
@FunctionalInterface
public interface AlertDirectory {
    /** Most alerts kept of one saved search. */
    int ALERTS_MAX = 100;

    /** Those of one saved search, the newest first. */
    List<Alert> newest(String searchId);
}
