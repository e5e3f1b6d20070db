package synod.consensus.pow.search;

import java.util.Optional;

/**
 * The inner loop of a search: SHA-256d over one 80-byte header with many nonces. An instance serves one thread and may
 * keep buffers between calls.
 */
public interface NonceKernel {
    /** A name for people, in status lines. */
    String name();

    /**
     * With how many versions of the header each nonce is tried: the header's own, and those that differ from it in the
     * lowest bits of the field that is free for miners (BIP 320). A power of two; 1 if only the header's own.
     */
    int versions();

    /**
     * Tries consecutive nonces. It must return within milliseconds for counts of a few thousand: the search can stop only
     * between calls.
     *
     * @param header the 80 bytes; the nonce in them is ignored; not kept and not changed
     * @param target 32 bytes, least significant first; not kept and not changed
     * @param first the first nonce, as an unsigned number
     * @param count how many, at least 1; {@code first + count} is at most 2³²
     * @return the first nonce with which the double hash, as a little-endian number, is at most the target, and with
     *     this nonce the version with the lowest index (see {@link RolledVersions})
     */
    Optional<Solution> search(byte[] header, byte[] target, int first, int count);
}
