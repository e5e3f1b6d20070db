package synod.node.byzantine;

import java.util.List;
import java.util.function.UnaryOperator;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.Prepare;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.p2p.NodeId;

/** Adds to each vote one that only pretends to be somebody's. */
record ForgedVotes(UnaryOperator<Vote> forgery) implements Lie {
    /** A signature with a bit turned over. */
    static ForgedVotes badSignature() {
        return new ForgedVotes(vote -> {
            byte[] signature = vote.signature().bytes();
            signature[0] ^= 1;
            return new Vote(vote.ballot(), vote.voter(), Signature.of(signature));
        });
    }

    /** The name of another member over its own signature. */
    static ForgedVotes otherSigner(LyingMember self) {
        return new ForgedVotes(vote -> {
            PublicKey victim = self.members().validators().stream()
                    .map(validator -> validator.key())
                    .filter(key -> !key.equals(self.key()))
                    .findFirst()
                    .orElse(self.key());
            return new Vote(vote.ballot(), victim, vote.signature());
        });
    }

    /** A vote for another chain, sent to this one. */
    static ForgedVotes otherChain(LyingMember self) {
        return new ForgedVotes(vote -> {
            Ballot here = vote.ballot();
            Hash elsewhere = Sha256.hash(self.chainId().bytes());
            Vote there = self.vote(new Ballot(here.kind(), elsewhere, here.height(), here.view(), here.block()));
            return new Vote(here, there.voter(), there.signature());
        });
    }

    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        return switch (message) {
            case Prepare(Vote vote) -> List.of(message, new Prepare(forgery.apply(vote)));
            case Commit(Vote vote) -> List.of(message, new Commit(forgery.apply(vote)));
            default -> List.of(message);
        };
    }
}
