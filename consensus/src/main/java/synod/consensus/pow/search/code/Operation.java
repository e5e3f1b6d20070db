package synod.consensus.pow.search.code;

/** How a word comes about. */
enum Operation {
    /** A number known when the code is made. */
    CONSTANT,
    /** A number known when a header is known. */
    INPUT,
    /** The nonce, in the byte order of SHA-256. */
    NONCE,
    /** The sum of two words. */
    ADD,
    /** A rotation to the right by a fixed number of bits. */
    ROTATE,
    /** A shift to the right by a fixed number of bits. */
    SHIFT,
    /** The exclusive or of three words. */
    PARITY,
    /** Ch of FIPS 180-4. */
    CHOOSE,
    /** Maj of FIPS 180-4. */
    MAJORITY
}
