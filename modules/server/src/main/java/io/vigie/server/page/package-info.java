/**
 * What the pages look like: their words in French and English, numbers and dates as they are written in each, the frame
 * around every page, charts, and the records that the templates in {@code src/main/jte} are filled from.
 *
 * <p>Nothing here asks for anything: the classes of {@code io.vigie.server} find out what there is to show and hand it
 * over as values. Whatever customers said goes through a template, which escapes it. {@code docs/ui.md} tells how a page
 * is added.
 */
@NullMarked
package io.vigie.server.page;

import org.jspecify.annotations.NullMarked;
