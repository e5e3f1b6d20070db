package synod.chain.store;

/**
 * The unfinished end of the last segment that was cut off when the journal was opened: records whose sync had not
 * been confirmed when the node or the machine went down.
 *
 * @param file name of the segment's file
 * @param offset where it was cut
 * @param bytes how much was cut
 * @param reason what was wrong with the first record cut off
 */
public record TornTail(String file, int offset, int bytes, String reason) {
    @Override
    public String toString() {
        return "The journal file " + file + " ended in an unfinished write; the last " + bytes + " bytes, from byte "
                + offset + " on, were cut off (" + reason + ").";
    }
}
