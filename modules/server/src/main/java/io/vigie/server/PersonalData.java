package io.vigie.server;

/** Finds personal data, such as a telephone number or an address, in what is typed. Any thread may ask. */
@FunctionalInterface
public interface PersonalData {
    boolean isIn(String text);
}
