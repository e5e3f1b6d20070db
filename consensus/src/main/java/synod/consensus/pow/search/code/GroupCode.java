package synod.consensus.pow.search.code;

/**
 * The generated code that hashes a header with a group of nonces at once. It keeps nothing; what it works on are an
 * <em>area</em> and an array for each version, as {@link AreaLayout} describes them, which belong to one thread.
 */
public interface GroupCode {
    /**
     * Computes what does not depend on the nonce.
     *
     * @param uniforms {@link AreaLayout#uniforms} words, of which the first eleven are given: the midstate, then the three
     *     words of the header before the nonce
     */
    void prepare(int[] uniforms);

    /**
     * Computes from the nonces of a group what serves all versions of the header.
     *
     * @param first the first nonce, a multiple of the number of lanes, in the byte order of SHA-256
     */
    void expand(int[] area, int first);

    /**
     * Computes the last word of each lane's hash from an expanded area.
     *
     * @param version what is the version's own
     * @return whether in any lane that word has no bit of the area's mask
     */
    boolean anyCandidate(int[] area, int[] version);
}
