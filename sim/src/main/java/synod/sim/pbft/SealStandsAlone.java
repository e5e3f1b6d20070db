package synod.sim.pbft;

import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.tree.BlockNode;
import synod.consensus.Ballot;
import synod.consensus.quorum.CommitCertificate;
import synod.sim.check.Checker;
import synod.sim.check.OneFinalBlock;
import synod.sim.protocol.KeyedHash;

/** The seal of every final block convinces who knows the parent's header and nothing else. */
final class SealStandsAlone implements Checker, OneFinalBlock.Listener {
    @Override
    public void finalized(SealedBlock block, BlockNode parent) {
        CommitCertificate seal;
        try {
            seal = CommitCertificate.decode(block.seal());
        } catch (RejectedException e) {
            throw violated("final block " + block.block().id() + " has no readable seal: " + e.rejection());
        }
        if (!seal.members().root().equals(parent.header().core().validatorsRoot())) {
            throw violated("the seal of " + block.block().id() + " names other members than its parent does");
        }
        Ballot ballot = new Ballot(
                Ballot.Kind.COMMIT,
                block.block().header().core().chainId(),
                block.block().height(),
                seal.view(),
                block.block().id());
        long signers = seal.signatures().entrySet().stream()
                .filter(entry ->
                        KeyedHash.verifies(seal.members().key(entry.getKey()), ballot.signedBytes(), entry.getValue()))
                .map(entry -> seal.members().key(entry.getKey()))
                .distinct()
                .count();
        if (signers < VoteBook.quorum(seal.members().size())) {
            throw violated("the seal of " + block.block().id() + " has " + signers + " good signatures of "
                    + seal.members().size() + " members");
        }
    }
}
