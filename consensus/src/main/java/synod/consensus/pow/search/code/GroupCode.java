package synod.consensus.pow.search.code;

/**
 * The generated code that hashes a header with a group of nonces at once. It keeps nothing; what it works on is an
 * <em>area</em> as {@link AreaLayout} describes it, one for each thread.
 */
public interface GroupCode {
    /**
     * Computes what does not depend on the nonce.
     *
     * @param uniforms {@link AreaLayout#uniforms} words, of which the first eleven are given: the midstate, then the three
     *     words of the header before the nonce
     */
    void prepare(int[] uniforms);

    /** Computes from the nonces in the area what serves all versions of the header. */
    void expand(int[] area);

    /**
     * Computes the last word of each lane's hash from an expanded area.
     *
     * @return whether in any lane that word has no bit of the area's mask
     */
    boolean anyCandidate(int[] area);
}
