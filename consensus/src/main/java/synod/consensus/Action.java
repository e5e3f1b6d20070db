package synod.consensus;

import java.util.List;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** What an engine wants done. */
public sealed interface Action {
    /**
     * Make entries durable, and only then do the rest. Promises, votes and signatures stand in {@code then}, so that
     * none can leave the node before it is on disk.
     */
    record Persist(List<Entry> entries, List<Action> then) implements Action {
        /** Copies the lists. */
        public Persist {
            entries = List.copyOf(entries);
            then = List.copyOf(then);
        }
    }

    /** Say something to one member. */
    record Send(PublicKey to, Message message) implements Action {}

    /** Say something to every member. */
    record Broadcast(Message message) implements Action {}

    /** Tell one member, who has fallen behind, which blocks were adopted last: its block synchronisation does the rest. */
    record Announce(PublicKey to) implements Action {}

    /** Start, or start anew, the timer of this name. */
    record StartTimer(String timer, long delayMillis) implements Action {}

    /** Stop the timer of this name, if it runs. */
    record CancelTimer(String timer) implements Action {}

    /**
     * Build a block on the head and answer with {@link Event.BlockBuilt}. A request lapses when another follows or the
     * head changes.
     *
     * @param timeMillis the new block's time, or the clock's where that is later when it is built
     * @param bits compact target for engines that mine, else zero
     * @param emptyAtMillis when to stop waiting for a transaction and build an empty block; now or earlier: do not wait
     */
    record BuildBlock(
            Hash parent, Address proposer, long timeMillis, int bits, ByteString engineField, long emptyAtMillis)
            implements Action {
        /** This request as it is when it has waited until now. */
        public BuildBlock at(long nowMillis) {
            return new BuildBlock(parent, proposer, Math.max(timeMillis, nowMillis), bits, engineField, emptyAtMillis);
        }
    }

    /**
     * Search a nonce for this block and answer with {@link Event.Sealed}. The search ends when another starts or the
     * head changes.
     */
    record Mine(Block candidate) implements Action {}

    /**
     * Put this block of one's own, sealed, into the tree, journal it, and answer with {@link Event.Sealed}. What follows
     * from it the engine decides then, as for every block that arrives. For engines that fork and do not mine.
     */
    record Publish(SealedBlock block) implements Action {}

    /** Offer a transaction that this node's own key signed to the mempool, which may refuse it. */
    record Submit(Verified<Transaction> transaction) implements Action {}

    /** Make this complete block the head; a later Adopt may undo it. */
    record Adopt(Hash block) implements Action {}

    /**
     * Execute this child of the head without adopting it, and answer with {@link Event.BlockValidated}: what a member does
     * before it votes for a proposal.
     */
    record Validate(Block block) implements Action {}

    /**
     * This block, a child of the head, is decided, and its seal proves it: journal it, make it the head and never undo
     * it. For engines that do not fork.
     */
    record Decide(SealedBlock block) implements Action {}

    /** Never undo this block of the adopted branch. For engines that fork and have finality. */
    record Finalize(Hash block) implements Action {}
}
