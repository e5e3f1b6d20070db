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

    /**
     * Checks everything about a seal that needs neither the header's ancestors nor the clock, its signatures above all.
     * Costly and free of state, so it is done once, when the header comes in, by whoever received it; {@link
     * #checkHeader} relies on it.
     */
    default Optional<Rejection> verifySeal(BlockHeader header, ByteString seal) {
        return Optional.empty();
    }

    /** What this header adds to the weight of its branch. */
    BigInteger weight(BlockHeader header);

    /** What finality means here. */
    Finality.Kind finality();

    /**
     * Whether a block has its seal, and so stands in the tree, only after it was decided for good: then there are no forks,
     * and everything that is adopted is final, also after a restart.
     */
    default boolean isInstantlyFinal() {
        return false;
    }

    /**
     * Decodes a message and checks its signature and those of the certificates in it. The signatures of the {@linkplain
     * Message#transactions transactions} that it carries are left to the caller.
     */
    Verified<Message> verifyMessage(byte[] encoded) throws RejectedException;
}
