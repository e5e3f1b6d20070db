package synod.sim.pos;

import java.util.Optional;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.SlotClaim;
import synod.chain.validator.ValidatorSet;
import synod.consensus.pos.CheckpointBallot;
import synod.consensus.pos.JustificationCertificate;
import synod.consensus.pos.SlotSeal;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.p2p.NodeId;
import synod.sim.protocol.KeyedHash;

/**
 * A validator that signs whatever it likes with its own key.
 *
 * @param validators all, in whose order the first half is told one thing and the second another
 */
record LyingStaker(PublicKey key, Hash chainId, ValidatorSet validators) {
    /** A vote of its own. */
    CheckpointBallot ballot(CheckpointVote vote) {
        return new CheckpointBallot(key, vote, KeyedHash.sign(key, vote.signedBytes(chainId)));
    }

    /** The seal of a block of its own. */
    ByteString seal(Block block, Optional<JustificationCertificate> certificate) {
        SlotClaim claim = new SlotClaim(PosProtocol.CLOCK.slot(block.header().timeMillis()), block.id());
        return new SlotSeal(key, KeyedHash.sign(key, claim.signedBytes(chainId)), certificate).encode();
    }

    /** The same block at another time, with another engine field. */
    static Block changed(Block block, long timeMillis, LeaderProof proof) {
        BlockHeader header = block.header();
        HeaderCore core = header.core();
        HeaderCore changed = new HeaderCore(
                core.chainId(),
                core.height(),
                core.extraNonce(),
                timeMillis,
                core.proposer(),
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                core.validatorsRoot(),
                proof.encode());
        return new Block(
                new BlockHeader(header.version(), header.parent(), changed, header.bits(), header.nonce()),
                block.transactions());
    }

    /** Whether this peer is among those who are told the truth when two things are told. */
    boolean isFirstHalf(NodeId peer) {
        for (int number = 0; number < validators.size(); number++) {
            if (NodeId.of(validators.key(number)).equals(peer)) {
                return number < validators.size() / 2;
            }
        }
        return true;
    }
}
