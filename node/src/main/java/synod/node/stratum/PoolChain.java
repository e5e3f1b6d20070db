package synod.node.stratum;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/** What the payments need of the chain. */
interface PoolChain {
    /**
     * Looks at the chain, all of it as of one moment.
     *
     * @param heights of blocks whose ids are wanted
     * @param payments whose fate is wanted
     */
    View look(List<Long> heights, List<Transaction> payments);

    /** Offers a payment; empty once it is durable on this node. */
    Optional<Rejection> submit(Transaction payment);

    /**
     * A look at the chain.
     *
     * @param height of the head
     * @param blocks the id of each of the heights that the chain has
     * @param fates of the payments, by id
     * @param nextNonce that the pool's next transaction needs, after those that wait
     */
    record View(long height, Map<Long, Hash> blocks, Map<Hash, Fate> fates, long nextNonce) {}

    /**
     * Where a payment stands.
     *
     * @param includedAt the height of the block that includes it
     * @param replacedAt the height of the block that includes another transaction with its nonce
     * @param waits whether it is in the mempool
     */
    record Fate(OptionalLong includedAt, OptionalLong replacedAt, boolean waits) {}
}
