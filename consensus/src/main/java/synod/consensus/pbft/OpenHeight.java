package synod.consensus.pbft;

import synod.chain.tree.BlockNode;
import synod.chain.validator.ValidatorSet;
import synod.consensus.quorum.Quorum;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * The height that is being decided, and what is fixed while it is.
 *
 * @param parent the head
 * @param members who decides it
 * @param firstView the view that it begins in: the one in which the parent was decided
 */
public record OpenHeight(Hash chainId, BlockNode parent, ValidatorSet members, long firstView) {
    /** Refuses a height that nobody can decide, or others than those whom the parent names. */
    public OpenHeight {
        if (members.size() == 0) {
            throw new IllegalStateException("nobody may decide the child of " + parent.header());
        }
        Hash named = parent.header().core().validatorsRoot();
        if (!named.equals(members.root())) {
            throw new IllegalStateException("the ledger's members have the root " + members.root() + ", and "
                    + parent.header() + " names " + named);
        }
    }

    /** The height of the block to decide. */
    public long height() {
        return parent.height() + 1;
    }

    /** How many votes decide. */
    public Quorum quorum() {
        return new Quorum(members.size());
    }

    /** The primary of a view: member v mod n (OSDI §4). */
    public PublicKey primary(long view) {
        return members.key((int) (view % members.size()));
    }
}
