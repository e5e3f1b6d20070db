package synod.chain.mempool;

/**
 * What an entry's predecessors in its sender's chain, and those behind it, make of it.
 *
 * @param worst the entry with the lowest fee per byte among this and the sender's waiting ones before it
 * @param contiguous whether no nonce is missing between the account's and this one
 * @param payable whether the account can pay this after all that wait before it
 * @param cumulativeCost units that the sender's chain costs up to this entry, {@link Long#MAX_VALUE} if more
 * @param evictable whether it may be dropped for a better one: it is not local, and no local one comes after it
 */
record Standing(Entry worst, boolean contiguous, boolean payable, long cumulativeCost, boolean evictable) {
    /** Whether a block on the head could take it once it has taken those before it. */
    boolean isReady() {
        return contiguous && payable;
    }

    /** Whether an entry with either standing has the same place in every order. */
    boolean ranksLike(Standing other) {
        return worst == other.worst && isReady() == other.isReady() && evictable == other.evictable;
    }
}
