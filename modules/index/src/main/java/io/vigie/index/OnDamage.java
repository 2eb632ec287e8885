package io.vigie.index;

/** What to do with an index whose files are damaged or missing, or that another version has made. */
public enum OnDamage {
    /** It is moved aside and an empty one takes its place, which the sink builds anew from Kafka. */
    REBUILD,
    /** It is not opened, and left as it is. */
    REFUSE
}
