/** The composition root: reads the configuration, builds every part, connects them, starts and stops them. */
@NullMarked
package io.vigie.app;

import org.jspecify.annotations.NullMarked;
