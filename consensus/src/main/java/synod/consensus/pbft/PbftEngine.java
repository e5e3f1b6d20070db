package synod.consensus.pbft;

import java.util.List;
import java.util.TreeMap;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.consensus.Signer;
import synod.consensus.Validators;
import synod.crypto.Address;

/** The protocol: this node's part in deciding one block after the other. */
public final class PbftEngine implements Engine {
    private final PbftConsensus consensus;
    private final BlockTree tree;
    private final Validators validators;
    private final Signer signer;
    private final Address payout;

    /**
     * An engine over the replica's tree of blocks.
     *
     * @param signer this node's key; while it is no member's, the node observes
     * @param payout who receives the rewards of the blocks that this member proposes
     */
    public PbftEngine(PbftConsensus consensus, BlockTree tree, Validators validators, Signer signer, Address payout) {
        this.consensus = consensus;
        this.tree = tree;
        this.validators = validators;
        this.signer = signer;
        this.payout = payout;
    }

    @Override
    public List<Action> step(Event event) {
        return List.of();
    }

    @Override
    public EngineStatus status(long nowMillis) {
        return new EngineStatus(
                validators.next().contains(signer.publicKey()) ? "backup" : "observer",
                "follows " + tree.head() + " of " + consensus.chainId() + " for " + payout,
                new TreeMap<>());
    }
}
