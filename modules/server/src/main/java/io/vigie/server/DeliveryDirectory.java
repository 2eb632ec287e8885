package io.vigie.server;

import io.vigie.events.AlertDelivery;
import java.util.Optional;

/** How far the alerts of saved searches are delivered, as it is known here. Any thread may ask. */
@FunctionalInterface
public interface DeliveryDirectory {
    /** Of one saved search; empty when nothing of it was ever on its way. */
    Optional<AlertDelivery> state(String searchId);
}
