package synod.consensus;

import java.math.BigInteger;
import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockTree;

/** The rules of one engine that need no engine state: what a genesis file's engine section becomes. Pure functions. */
public interface Consensus {
    /** The engine's name in genesis files and commands. */
    String name();

    /**
     * Judges a header by itself, its seal and its ancestors, all of which are in the tree.
     *
     * @param nowMillis the clock, for the future-drift limit; a {@code TIME_TOO_LATE} is no fault for good
     */
    Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis);

    /** What this header adds to the weight of its branch. */
    BigInteger weight(BlockHeader header);

    /** What finality means here. */
    Finality.Kind finality();

    /** Decodes a message and checks its signature. */
    Verified<Message> verifyMessage(byte[] encoded) throws RejectedException;
}
