package io.vigie.understanding;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** What the cues found in one sentence. Filled by one thread, then only read. */
final class Heard {
    /** From this severity on, a complaint in the same sentence makes praise sound ironic. */
    private static final int IRONY_SEVERITY = 2;

    private final Taxonomy.Contents taxonomy;
    private final Tokens.Sentence sentence;
    private final Set<Rules.Role> roles = EnumSet.noneOf(Rules.Role.class);
    private final BitSet leaves = new BitSet();
    private final BitSet silenced = new BitSet();
    private final BitSet churn = new BitSet();
    private final BitSet channels = new BitSet();
    private int severity;
    private double tone;

    Heard(Taxonomy.Contents taxonomy, Tokens.Sentence sentence) {
        this.taxonomy = taxonomy;
        this.sentence = sentence;
    }

    void add(Rules.Purpose purpose) {
        roles.add(purpose.role());
        switch (purpose.role()) {
            case LEAF -> leaves.set(purpose.index());
            case UNLESS -> silenced.set(purpose.index());
            case SEVERITY -> severity = Math.max(severity, purpose.index());
            case CHURN -> churn.set(purpose.index());
            case CHANNEL -> channels.set(purpose.index());
            case INTENSITY, QUESTION, REQUEST, INQUIRY, CALLS, CONTRAST -> {}
        }
    }

    void addTone(double added) {
        tone += added;
    }

    /** To be called when all cues are in: takes out what others silence, and praise that cannot be meant. */
    void settle() {
        leaves.andNot(silenced);
        if (complaintSeverity() >= IRONY_SEVERITY && !says(Rules.Role.CONTRAST) && has(Leaf.Kind.PRAISE)) {
            leaves.stream()
                    .filter(leaf -> leaf(leaf).kind() == Leaf.Kind.PRAISE)
                    .forEach(leaves::clear);
            tone = Math.min(tone, 0);
        }
    }

    boolean says(Rules.Role role) {
        return roles.contains(role);
    }

    boolean hasLeaf(int leaf) {
        return leaves.get(leaf);
    }

    /** Whether a cue of the leaf's own says that it is not meant here. */
    boolean silences(int leaf) {
        return silenced.get(leaf);
    }

    boolean has(Leaf.Kind kind) {
        return leaves.stream().anyMatch(leaf -> leaf(leaf).kind() == kind);
    }

    /** The severity of the gravest complaint, or -1 without one. */
    int complaintSeverity() {
        return leaves.stream()
                .mapToObj(this::leaf)
                .filter(leaf -> leaf.kind() == Leaf.Kind.COMPLAINT)
                .mapToInt(Leaf::severity)
                .max()
                .orElse(-1);
    }

    /** The level that the severity cues name; 0 without any. */
    int severity() {
        return severity;
    }

    /** Above zero for a good feeling. */
    double tone() {
        return tone;
    }

    /** Whether the customer wants to know something; « pouvez-vous m'envoyer... ? » wants something else. */
    boolean isQuestion() {
        boolean asks = sentence.asks() || says(Rules.Role.QUESTION);
        boolean wantsMore = says(Rules.Role.REQUEST) && !says(Rules.Role.INQUIRY) && !has(Leaf.Kind.QUESTION);
        return asks && !wantsMore;
    }

    /** The highest churn score that this sentence does not deny. */
    double churnRisk() {
        boolean denied = deniesChurn();
        return churn.stream()
                .mapToDouble(this::score)
                .filter(score -> score > 0 && (!denied || score < Verdict.FIRM_CHURN))
                .max()
                .orElse(0);
    }

    /** Whether the customer says that he is not leaving. */
    boolean deniesChurn() {
        return churn.stream().anyMatch(i -> score(i) < 0);
    }

    /** The churn cues heard, denials among them, by their ids in the taxonomy. */
    Stream<String> churnCues() {
        return churn.stream().mapToObj(i -> taxonomy.churn().get(i).id());
    }

    boolean prefers(String channel) {
        return channels.stream().anyMatch(i -> taxonomy.channels().get(i).id().equals(channel));
    }

    private double score(int index) {
        return taxonomy.churn().get(index).score();
    }

    private Leaf leaf(int index) {
        return taxonomy.leaves().get(index).leaf();
    }
}
