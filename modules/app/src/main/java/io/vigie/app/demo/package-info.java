/**
 * The story behind {@code vigie demo}: a French telecom operator that does not exist, eight weeks of its customers'
 * words up to now, and more of them as time goes on.
 *
 * <p>The words are resources beside this package, for a person to read and correct: {@code scenes.json} says what
 * happens when, {@code texts/<scene>.jsonl} holds what customers say in it, one text a line. This package only decides
 * who says what at which moment, from a seed, so that the same seed tells the same story.
 *
 * <p>Every name and address is invented, phone numbers are of the ranges that Arcep keeps for fiction, cards and IBANs
 * are published test numbers.
 */
@NullMarked
package io.vigie.app.demo;

import org.jspecify.annotations.NullMarked;
