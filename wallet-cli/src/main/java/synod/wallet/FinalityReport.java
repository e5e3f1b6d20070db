package synod.wallet;

/**
 * How sure a node is that a block stays.
 *
 * @param kind what that rests on: {@code probabilistic}, {@code economic}, {@code byzantine} or {@code crash}
 * @param depth blocks from this one to the head, both counted
 * @param isFinal whether it will never be undone
 */
record FinalityReport(String kind, long depth, boolean isFinal) {
    private static final String PROBABILISTIC = "probabilistic";

    /** Reads a {@code finality} object. */
    static FinalityReport of(JsonObject object) {
        return new FinalityReport(object.text("kind"), object.number("depth"), object.flag("final"));
    }

    /** Whether that is enough for someone who, where nothing is ever final, asks for so many blocks. */
    boolean isEnough(long wantedDepth) {
        return isFinal || kind.equals(PROBABILISTIC) && depth >= wantedDepth;
    }

    /** The object for programs. */
    JsonObject json() {
        return new JsonObject().put("kind", kind).put("depth", depth).put("final", isFinal);
    }

    /** A sentence for people: what the assurance is, and what it is not. */
    String sentence() {
        String blocks = depth + (depth == 1 ? " block" : " blocks");
        if (!isFinal) {
            return kind.equals(PROBABILISTIC)
                    ? "Not irrevocable: undoing it takes the work of " + blocks + ", and more with each further block."
                    : "Not final yet: " + blocks + " deep.";
        }
        return switch (kind) {
            case "economic" -> "Final: undoing it would cost a third of the stake its deposit.";
            case "byzantine" -> "Final: agreed by a quorum that outvotes any third of its members lying.";
            case "crash" -> "Final: on the disks of a majority; no proof against a leader that lies.";
            default -> "Final (" + kind + ").";
        };
    }
}
