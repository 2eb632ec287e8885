@NullMarked
package io.vigie.server.access;

import org.jspecify.annotations.NullMarked;
