package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.chain.mempool.Wait;
import synod.chain.stake.StakeEvidence;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.transaction.Unbond;
import synod.consensus.EngineStatus;
import synod.crypto.Hash;
import synod.node.replica.Network;

/** The JSON forms of transactions and of what became of them. */
public final class TransactionJson {
    private TransactionJson() {}

    /** What a transaction says. */
    public record Content(
            Hash id,

            @JsonPropertyDescription(
                    "transfer, anchor, vote, bond, unbond or evidence; the field of that name holds the rest")
            String kind,

            AddressText sender,
            long nonce,
            Amount fee,
            @JsonPropertyDescription("Encoded bytes") int size,
            Optional<TransferContent> transfer,
            Optional<AnchorContent> anchor,
            Optional<VoteContent> vote,
            Optional<StakeJson.BondContent> bond,
            Optional<StakeJson.UnbondContent> unbond,
            Optional<StakeJson.EvidenceContent> evidence) {
        /** The form of a transaction. */
        public static Content of(Network network, Transaction transaction) {
            return new Content(
                    transaction.id(),
                    kindOf(transaction),
                    AddressText.of(network, transaction.sender()),
                    transaction.nonce(),
                    transaction.fee(),
                    transaction.size(),
                    transaction.payload() instanceof Transfer transfer
                            ? Optional.of(
                                    new TransferContent(AddressText.of(network, transfer.to()), transfer.amount()))
                            : Optional.empty(),
                    transaction.payload() instanceof Anchor anchor
                            ? Optional.of(new AnchorContent(anchor.digest(), anchor.memo()))
                            : Optional.empty(),
                    transaction.payload() instanceof MemberVote vote
                            ? Optional.of(VoteContent.of(vote))
                            : Optional.empty(),
                    transaction.payload() instanceof Bond bond
                            ? Optional.of(new StakeJson.BondContent(
                                    bond.amount(), Hash.of(bond.vrfKey().bytes())))
                            : Optional.empty(),
                    transaction.payload() instanceof Unbond(Amount amount)
                            ? Optional.of(new StakeJson.UnbondContent(amount))
                            : Optional.empty(),
                    transaction.payload() instanceof EvidenceReport(StakeEvidence evidence)
                            ? Optional.of(StakeJson.EvidenceContent.of(evidence))
                            : Optional.empty());
        }
    }

    /** The word for a transaction's kind. */
    public static String kindOf(Transaction transaction) {
        return switch (transaction.payload()) {
            case Transfer _ -> "transfer";
            case Anchor _ -> "anchor";
            case MemberVote _ -> "vote";
            case Bond _ -> "bond";
            case Unbond _ -> "unbond";
            case EvidenceReport _ -> "evidence";
        };
    }

    /** Coins moved. */
    public record TransferContent(AddressText to, Amount amount) {}

    /** A digest put on record. */
    public record AnchorContent(Hash digest, String memo) {}

    /** A member's vote about the member set. */
    public record VoteContent(
            @JsonPropertyDescription("add or remove") String change,

            @JsonPropertyDescription("The public key that is to become a member, or none any more")
            Hash key) {
        /** The form of a vote. */
        public static VoteContent of(MemberVote vote) {
            return new VoteContent(
                    vote.change().name().toLowerCase(Locale.ROOT),
                    Hash.of(vote.key().bytes()));
        }
    }

    /** Why a transaction is in no block yet. */
    public record Waiting(
            @JsonPropertyDescription(
                    "For programs: next-block, behind-better-fees, nonce-gap, insufficient-balance, halted")
            String cause,

            String detail) {
        /** The form of a wait; what is ready, or will be, waits for blocks, so a halt is what it waits for. */
        public static Waiting of(Wait wait, EngineStatus engine) {
            boolean ready = wait.cause() == Wait.Cause.NEXT_BLOCK || wait.cause() == Wait.Cause.BEHIND_BETTER_FEES;
            return ready && engine.halted()
                    ? new Waiting("halted", "no block is decided, " + engine.activity())
                    : new Waiting(wait.cause().code(), wait.detail());
        }
    }

    /** Where a transaction stands. */
    public record Status(
            Hash id,

            @JsonPropertyDescription("included, pending or unknown")
            String status,

            Optional<Content> transaction,

            @JsonPropertyDescription("The block that it is in")
            Optional<Hash> block,

            Optional<Long> height,

            @JsonPropertyDescription("Its place in the block, from 0")
            Optional<Integer> index,

            Optional<FinalityJson> finality,

            @JsonProperty("wait") @JsonPropertyDescription("While pending")
            Optional<Waiting> waiting) {
        /** Never heard of, or forgotten. */
        public static Status unknown(Hash id) {
            return new Status(
                    id,
                    "unknown",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /** Waiting in the mempool. */
        public static Status pending(Hash id, Content content, Optional<Waiting> waiting) {
            return new Status(
                    id,
                    "pending",
                    Optional.of(content),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    waiting);
        }

        /** In a block of the adopted branch. */
        public static Status included(
                Hash id, Content content, BlockJson.Reference block, int index, FinalityJson finality) {
            return new Status(
                    id,
                    "included",
                    Optional.of(content),
                    Optional.of(block.id()),
                    Optional.of(block.height()),
                    Optional.of(index),
                    Optional.of(finality),
                    Optional.empty());
        }
    }

    /** Whether and why a transaction waits. */
    public record Why(
            Hash id,

            @JsonPropertyDescription("included, pending or unknown")
            String status,

            @JsonProperty("wait") Optional<Waiting> waiting) {}

    /** Proof that a transaction is in a block (RFC 6962 audit path). */
    public record InclusionProof(
            Hash id,

            @JsonPropertyDescription("The block's header, whose transactionsRoot the path leads to")
            ByteString header,

            int index,

            @JsonPropertyDescription("Transactions in the block")
            int size,

            @JsonPropertyDescription("Siblings from the leaf up; the leaf is the encoded transaction")
            List<Hash> path) {}

    /** What was submitted, by its id. */
    public record Submitted(Hash id) {}

    /** What waits. */
    public record Pool(int count, long bytes, List<Content> transactions) {}

    /** A sender's next nonce. */
    public record NextNonce(long nonce) {}

    /** The event of topic {@code transactions}. */
    public record Event(
            Hash id,
            @JsonPropertyDescription("pending or included") String status,
            Optional<Hash> block,
            Optional<Long> height,
            Optional<Integer> index) {}
}
