package synod.node.replica;

import java.util.List;
import java.util.Optional;
import synod.chain.SealedBlock;
import synod.chain.mempool.MempoolView;
import synod.chain.stake.StakeEvidence;
import synod.chain.state.LedgerView;
import synod.chain.tree.BlockTree;
import synod.consensus.Buffer;
import synod.consensus.EngineStatus;
import synod.consensus.Evidence;
import synod.consensus.Finality;
import synod.crypto.Hash;

/** What a query may read of the replica, all of it as of one moment between two inputs. */
public interface ReplicaView {
    /** The time of the last input. */
    long timeMillis();

    Network network();

    BlockTree blocks();

    LedgerView ledger();

    MempoolView mempool();

    /** The block with this id, from memory or from the journal. */
    Optional<SealedBlock> block(Hash id);

    /** How sure it is that a block of the tree stays. */
    Finality finality(Hash block);

    EngineStatus engine();

    /** Proof of members' contradictions that the engine keeps. */
    List<Evidence> evidence();

    /** Proof of stakers' contradictions that the engine keeps. */
    List<StakeEvidence> stakeEvidence();

    /** The buffers that peers and clients can fill. */
    List<Buffer> buffers();

    SyncStatus sync();
}
