/** Holds {@code deploy/} to what the application really is: its metrics, its ports, its alerts. */
@NullMarked
package io.vigie.app.deploy;

import org.jspecify.annotations.NullMarked;
