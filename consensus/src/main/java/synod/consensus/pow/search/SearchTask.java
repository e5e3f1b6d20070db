package synod.consensus.pow.search;

/**
 * What a search works on: headers that differ in an extra nonce, and a target. Its methods are called on the search's
 * threads, several at once.
 */
public interface SearchTask {
    /** The target, least significant byte first. */
    byte[] targetLittleEndian();

    /** The nonce at which the search begins, as an unsigned number. */
    int firstNonce();

    /** The 80 bytes to search under an extra nonce, of which there are as many as one likes, counted from 0. */
    byte[] header(long extraNonceIndex);

    /** Whether the first solution ends the search; otherwise it goes on for more. */
    boolean endsWithFirstSolution();

    /**
     * Takes a solution. It must hand on and return.
     *
     * @throws IllegalStateException if it is none: the kernel is broken
     */
    void solved(long extraNonceIndex, Solution solution);
}
