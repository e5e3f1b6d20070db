package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.stake.StakeEvidence;
import synod.crypto.Hash;

/** The JSON forms of stake and of the transactions about it. */
public final class StakeJson {
    private StakeJson() {}

    /** Coins put at stake. */
    public record BondContent(
            Amount amount,

            @JsonPropertyDescription("What the validator draws slots with from the next snapshot on")
            Hash vrfKey) {}

    /** Coins taken out of the stake. */
    public record UnbondContent(Amount amount) {}

    /** Proof that a validator contradicted itself. */
    public record EvidenceContent(
            @JsonPropertyDescription("The validator's public key")
            Hash accused,

            @JsonPropertyDescription("What it signed two of: blocks (of one slot) or votes (about checkpoints)")
            String kind,

            @JsonPropertyDescription("Both signed statements, for anybody to check")
            ByteString proof) {
        /** The form of evidence. */
        public static EvidenceContent of(StakeEvidence evidence) {
            Encoder proof = new Encoder(400);
            evidence.encode(proof);
            return new EvidenceContent(
                    Hash.of(evidence.accused().bytes()),
                    switch (evidence) {
                        case StakeEvidence.TwoBlocks _ -> "blocks";
                        case StakeEvidence.TwoVotes _ -> "votes";
                    },
                    ByteString.of(proof.toBytes()));
        }
    }
}
