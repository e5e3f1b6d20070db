package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.transaction.Transaction;
import synod.consensus.Finality;
import synod.crypto.Hash;
import synod.node.replica.Network;

/** The JSON forms of blocks and headers. */
public final class BlockJson {
    private BlockJson() {}

    /** What a header says. */
    public record HeaderFields(
            Hash id,
            long height,
            Hash parent,
            long timeMillis,
            AddressText proposer,
            Hash transactionsRoot,
            Hash stateRoot,
            Hash receiptsRoot,
            Hash validatorsRoot,
            long version,

            @JsonPropertyDescription("The compact target; 0 under engines that do not mine")
            long bits,

            long nonce,

            @JsonPropertyDescription("16 hexadecimal digits, most significant first")
            String extraNonce,

            ByteString engineField) {
        static HeaderFields of(Network network, BlockHeader header) {
            return new HeaderFields(
                    header.id(),
                    header.height(),
                    header.parent(),
                    header.timeMillis(),
                    AddressText.of(network, header.core().proposer()),
                    header.core().transactionsRoot(),
                    header.core().stateRoot(),
                    header.core().receiptsRoot(),
                    header.core().validatorsRoot(),
                    Integer.toUnsignedLong(header.version()),
                    Integer.toUnsignedLong(header.bits()),
                    Integer.toUnsignedLong(header.nonce()),
                    HexFormat.of().toHexDigits(header.core().extraNonce()),
                    header.core().engineField());
        }
    }

    /** A block without its transactions. */
    public record Summary(
            @JsonUnwrapped HeaderFields header, int transactionCount, int sizeBytes, FinalityJson finality) {
        /** The form of a block. */
        public static Summary of(Network network, Block block, Finality finality) {
            return new Summary(
                    HeaderFields.of(network, block.header()),
                    block.transactions().size(),
                    sizeBytes(block),
                    FinalityJson.of(finality));
        }

        private static int sizeBytes(Block block) {
            int size = block.header().encode().length + Integer.BYTES;
            for (Transaction transaction : block.transactions()) {
                size += transaction.size();
            }
            return size;
        }
    }

    /** A block with its transactions, or only their ids. */
    public record Full(
            @JsonUnwrapped Summary summary,
            ByteString seal,

            @JsonPropertyDescription("What the seal says, where it is a commit certificate")
            Optional<MemberJson.Certificate> certificate,

            @JsonPropertyDescription("Unless the transactions were asked for")
            Optional<List<Hash>> transactionIds,

            @JsonPropertyDescription("If they were asked for")
            Optional<List<TransactionJson.Content>> transactions) {
        /** The form of a block. */
        public static Full of(Network network, SealedBlock sealed, Finality finality, boolean withTransactions) {
            List<Transaction> transactions = sealed.block().transactions();
            return new Full(
                    Summary.of(network, sealed.block(), finality),
                    sealed.seal(),
                    MemberJson.Certificate.of(network, sealed.seal()),
                    withTransactions
                            ? Optional.empty()
                            : Optional.of(
                                    transactions.stream().map(Transaction::id).toList()),
                    withTransactions
                            ? Optional.of(transactions.stream()
                                    .map(transaction -> TransactionJson.Content.of(network, transaction))
                                    .toList())
                            : Optional.empty());
        }
    }

    /** A header with the bytes that its id is the hash of. */
    public record Header(
            @JsonPropertyDescription("The 80 bytes and the core")
            ByteString header,

            @JsonUnwrapped HeaderFields fields,
            ByteString seal,
            FinalityJson finality) {
        /** The form of a header. */
        public static Header of(Network network, BlockHeader header, ByteString seal, Finality finality) {
            return new Header(
                    ByteString.of(header.encode()), HeaderFields.of(network, header), seal, FinalityJson.of(finality));
        }
    }

    /** A block named. */
    public record Reference(Hash id, long height) {}

    /** The event of topic {@code heads}: the new head, and what the step to it took away and added. */
    public record HeadEvent(
            @JsonUnwrapped Summary head,

            @JsonPropertyDescription("Left the adopted branch, highest first")
            List<Reference> abandoned,

            @JsonPropertyDescription("Joined the adopted branch, lowest first")
            List<Reference> adopted) {}

    /** The event of topic {@code finality}. */
    public record FinalityEvent(Hash id, long height, FinalityJson finality) {}
}
