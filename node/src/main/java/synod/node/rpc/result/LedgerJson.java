package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.codec.ByteString;
import synod.chain.state.LedgerView.MaturingReward;
import synod.crypto.Hash;
import synod.node.replica.Network;

/** The JSON forms of the network and of what the ledger's state holds. */
public final class LedgerJson {
    private LedgerJson() {}

    /** The network. */
    public record NetworkInfo(
            String name,
            Hash chainId,
            String addressPrefix,

            @JsonPropertyDescription("Whether the public development keys are accepted")
            boolean development,

            String engine,
            Rules rules,

            @JsonPropertyDescription("Of this node's software")
            String version) {
        /** The form of a network. */
        public static NetworkInfo of(Network network, String version) {
            return new NetworkInfo(
                    network.name(),
                    network.chainId(),
                    network.addressPrefix(),
                    network.development(),
                    network.engine(),
                    Rules.of(network.rules()),
                    version);
        }
    }

    /** What the genesis fixes about blocks and money. */
    public record Rules(
            int maxBlockBytes,

            @JsonPropertyDescription("In units of 10^-8 coin")
            long minFeePerByte,

            Amount reward,
            long halvingBlocks,
            int maturityBlocks) {
        static Rules of(LedgerRules rules) {
            return new Rules(
                    rules.maxBlockBytes(),
                    rules.minFeePerByte(),
                    rules.reward(),
                    rules.halvingBlocks(),
                    rules.maturityBlocks());
        }
    }

    /** An account at the head. */
    public record AccountInfo(
            AddressText address,
            Amount balance,

            @JsonPropertyDescription("Transactions sent that are in blocks")
            long nonce,

            @JsonPropertyDescription("Of its next transaction, after those that wait")
            long nextNonce,

            @JsonPropertyDescription("Rewards not yet paid out")
            List<Maturing> maturing) {}

    /** A reward not yet paid out. */
    public record Maturing(Amount amount, long earnedAtHeight, long paidAtHeight) {
        /** The form of a maturing reward. */
        public static Maturing of(MaturingReward reward) {
            return new Maturing(reward.amount(), reward.earnedAtHeight(), reward.paidAtHeight());
        }
    }

    /** Proof that a record is, or is not, in the state. */
    public record Proof(
            @JsonPropertyDescription("The record's key in the state")
            ByteString key,

            boolean present,

            @JsonPropertyDescription("The record, if it is present")
            Optional<ByteString> value,

            Hash stateRoot,
            long height,

            @JsonPropertyDescription("The header whose stateRoot the proof holds for")
            ByteString header,

            ByteString proof) {}

    /** What touched an address. */
    public record HistoryItem(
            @JsonPropertyDescription("At which it took effect; of a reward, at which it was paid out")
            long height,

            @JsonPropertyDescription("The block that holds the transaction; of a reward, the one that earned it")
            Hash block,

            @JsonPropertyDescription("Of that block") long timeMillis,

            @JsonPropertyDescription("The transaction's place in the block, or -1 for a reward")
            int index,

            @JsonPropertyDescription("transfer, anchor, vote or reward")
            String kind,

            @JsonPropertyDescription("in, out or self") String direction,
            Optional<AddressText> counterparty,
            Optional<Amount> amount,
            Optional<Amount> fee,
            Optional<String> memo,
            Optional<Hash> digest,
            @JsonPropertyDescription("The transaction's id") Optional<Hash> transaction,
            @JsonPropertyDescription("Of that block") FinalityJson finality) {}

    /** What the state holds of an anchor. */
    public record AnchorInfo(long height, long timeMillis, String memo) {}

    /** All coins. */
    public record Supply(
            @JsonPropertyDescription("Balances and maturing rewards together")
            Amount supply) {}
}
