package synod.consensus.pow.search;

/**
 * What a search found.
 *
 * @param version the header's version, of which the bits that are free for miners may have been rolled (BIP 320)
 * @param nonce the nonce, as an unsigned number
 */
public record Solution(int version, int nonce) {}
