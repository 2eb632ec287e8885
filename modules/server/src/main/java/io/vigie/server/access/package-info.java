/**
 * Who may do what: roles and rights, API tokens, sessions of browsers, login at an OpenID Connect issuer, and the audit of what
 * was done. It knows nothing of HTTP but cookies and headers as text; {@code io.vigie.server} asks it at every request.
 *
 * <p>Promises: what is not declared is refused; whoever cannot be told apart is nobody; no secret is kept, logged or shown, only
 * its SHA-256; everything that a stranger can make grow has a limit.
 */
@NullMarked
package io.vigie.server.access;

import org.jspecify.annotations.NullMarked;
