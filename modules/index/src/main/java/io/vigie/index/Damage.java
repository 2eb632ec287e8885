package io.vigie.index;

/**
 * One thing that is wrong with an index.
 *
 * @param file the file it is in, or the segment when no single file can be named
 * @param what in words
 */
public record Damage(String file, String what) {
    @Override
    public String toString() {
        return file + ": " + what;
    }
}
