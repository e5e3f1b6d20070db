package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeStatement;
import synod.chain.state.LedgerView;
import synod.chain.transaction.MemberRecord;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Evidence;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.quorum.CommitCertificate;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.replica.Network;
import synod.p2p.NodeId;

/** The JSON forms of those who decide blocks. */
public final class MemberJson {
    private MemberJson() {}

    /** Who decides the child of the head. */
    public record Validators(
            @JsonPropertyDescription("Of the head") long height,

            @JsonPropertyDescription("As the head's header names it; zeros under engines without members")
            Hash root,

            long totalWeight,

            @JsonPropertyDescription("So much weight decides a block, or a change of the members")
            long quorumWeight,

            @JsonPropertyDescription("In the order of their numbers")
            List<Member> members) {
        /** The form of the set at the ledger's head. */
        public static Validators of(Network network, LedgerView ledger) {
            ValidatorSet set = ledger.validators();
            return new Validators(
                    ledger.height(),
                    set.root(),
                    set.totalWeight(),
                    set.quorumWeight(),
                    set.validators().stream()
                            .map(validator -> Member.of(network, set, validator, ledger.member(validator.key())))
                            .toList());
        }
    }

    /** A member. */
    public record Member(
            @JsonPropertyDescription("From 0, in the order of the keys")
            int number,

            @JsonPropertyDescription("The public key") Hash key,
            Hash nodeId,

            @JsonPropertyDescription("The key's own, which pays for its votes")
            AddressText address,

            long weight,

            @JsonPropertyDescription("Its standing vote about the members")
            Optional<TransactionJson.VoteContent> vote) {
        static Member of(Network network, ValidatorSet set, Validator validator, Optional<MemberRecord> record) {
            PublicKey key = validator.key();
            return new Member(
                    set.number(key).orElseThrow(),
                    Hash.of(key.bytes()),
                    NodeId.of(key).digest(),
                    AddressText.of(network, Address.of(key)),
                    validator.weight(),
                    record.flatMap(MemberRecord::vote).map(TransactionJson.VoteContent::of));
        }
    }

    /** Why a block is decided: a quorum's signed votes for it, as the seal holds them. */
    public record Certificate(
            @JsonPropertyDescription("In which it was decided")
            long view,

            @JsonPropertyDescription("How many decided blocks then")
            int members,

            @JsonPropertyDescription("The public keys of those who signed")
            List<Hash> signers) {
        /** What a seal says; empty if the engine's seals are no certificates, and for block 0. */
        static Optional<Certificate> of(Network network, ByteString seal) {
            if (!network.engine().equals(PbftConsensus.NAME) || seal.size() == 0) {
                return Optional.empty();
            }
            try {
                CommitCertificate certificate = CommitCertificate.decode(seal);
                return Optional.of(new Certificate(
                        certificate.view(),
                        certificate.members().size(),
                        certificate.signatures().keySet().stream()
                                .map(number -> Hash.of(
                                        certificate.members().key(number).bytes()))
                                .toList()));
            } catch (RejectedException e) {
                throw new IllegalStateException("a block with a seal that is none was stored: " + e.rejection(), e);
            }
        }
    }

    /** Two statements of one member, or validator, of which an honest one signs at most one. */
    public record Contradiction(
            @JsonPropertyDescription("The public key of who signed both")
            Hash accused,

            @JsonPropertyDescription("What was signed twice: pre-prepare, prepare or commit; by stake, block or vote")
            String kind,

            @JsonPropertyDescription("What the first is about, such as: height 4 view 9; slot 17; epochs 1 to 3")
            String firstAbout,

            @JsonPropertyDescription("The block that the first is for")
            Hash firstBlock,

            @JsonPropertyDescription("What the second is about")
            String secondAbout,

            @JsonPropertyDescription("The block that the second is for")
            Hash secondBlock,

            @JsonPropertyDescription("Both, signed, for anybody to check")
            ByteString proof) {
        /** Two votes in an agreement. */
        public static Contradiction of(Evidence evidence) {
            Ballot first = evidence.first().ballot();
            Ballot second = evidence.second().ballot();
            return new Contradiction(
                    Hash.of(evidence.accused().bytes()),
                    first.kind().toString(),
                    about(first),
                    first.block(),
                    about(second),
                    second.block(),
                    ByteString.of(evidence.encode()));
        }

        /** Two statements that stake answers for. */
        public static Contradiction of(StakeEvidence evidence) {
            StakeJson.EvidenceContent content = StakeJson.EvidenceContent.of(evidence);
            return new Contradiction(
                    content.accused(),
                    content.kind(),
                    about(evidence.first()),
                    block(evidence.first()),
                    about(evidence.second()),
                    block(evidence.second()),
                    content.proof());
        }

        private static String about(Ballot ballot) {
            return "height " + ballot.height() + " view " + ballot.view();
        }

        private static String about(StakeStatement statement) {
            return switch (statement) {
                case SlotClaim claim -> "slot " + claim.slot();
                case CheckpointVote vote ->
                    "epochs " + vote.source().epoch() + " to " + vote.target().epoch();
            };
        }

        private static Hash block(StakeStatement statement) {
            return switch (statement) {
                case SlotClaim claim -> claim.block();
                case CheckpointVote vote -> vote.target().block();
            };
        }
    }
}
