@NullMarked
package io.vigie.server;

import org.jspecify.annotations.NullMarked;
