package synod.consensus;

import java.util.Optional;
import java.util.SortedMap;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.crypto.Hash;

/** What happens to an engine. Every event carries the time, in milliseconds since 1970-01-01 UTC. */
public sealed interface Event {
    long timeMillis();

    /**
     * The replica has recovered; these are the engine's durable entries by key. Always the first event. To engines that
     * fork the replica then reports, with {@link BlockArrived}, every complete block off the adopted branch that has no
     * complete child: a crash may have come between its arrival and its adoption.
     */
    record Started(long timeMillis, SortedMap<ByteString, ByteString> entries) implements Event {}

    /** A member said something; who it is, its checked signature proves. */
    record Received(long timeMillis, Verified<Message> message) implements Event {}

    /** A timer that the engine started has run out. */
    record TimerFired(long timeMillis, String timer) implements Event {}

    /** The answer to {@link Action.BuildBlock}; not yet in the tree. */
    record BlockBuilt(long timeMillis, Block block) implements Event {}

    /** The answer to {@link Action.Validate}: empty if the block may follow the head. */
    record BlockValidated(long timeMillis, Block block, Optional<Rejection> rejection) implements Event {}

    /** The nonce search of {@link Action.Mine} succeeded, or the block was published; it is in the tree. */
    record Sealed(long timeMillis, Block block) implements Event {}

    /** A block from a peer is in the tree with all its ancestors, its header and signatures checked, not yet executed. */
    record BlockArrived(long timeMillis, Hash block) implements Event {}

    /**
     * Work waits to be decided: the mempool holds a transaction that can follow the head. Said once for each head, as
     * soon as it is so.
     */
    record WorkWaits(long timeMillis) implements Event {}

    /** What became of {@link Action.Adopt} or {@link Action.Decide}: empty if the block is now the head. */
    record BlockApplied(long timeMillis, Hash block, Optional<Rejection> rejection) implements Event {}
}
