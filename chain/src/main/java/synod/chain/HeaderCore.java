package synod.chain;

import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * Everything that a header says beside Bitcoin's 80 bytes, which commit to it by {@link #commitment}.
 *
 * <p>To a Stratum miner these bytes are the coinbase: a prefix, the extra nonce at {@link #EXTRA_NONCE_OFFSET}, a
 * suffix, and no Merkle branches.
 *
 * @param chainId the genesis block's id; zero in the genesis block itself
 * @param height 0 for the genesis block, the parent's plus one after it
 * @param extraNonce free for miners, when the header's own nonce is exhausted; zero elsewhere
 * @param timeMillis milliseconds since 1970-01-01 UTC; the header's own time field is its second
 * @param proposer who receives the reward
 * @param transactionsRoot RFC 6962 root over the encoded transactions
 * @param stateRoot root of the ledger state after this block
 * @param receiptsRoot RFC 6962 root over the encoded receipts
 * @param validatorsRoot digest of the validator set that decides the next block; zero under engines without one
 * @param engineField what the engine adds, at most {@link #MAX_ENGINE_FIELD_BYTES}
 */
public record HeaderCore(
        Hash chainId,
        long height,
        long extraNonce,
        long timeMillis,
        Address proposer,
        Hash transactionsRoot,
        Hash stateRoot,
        Hash receiptsRoot,
        Hash validatorsRoot,
        ByteString engineField) {

    /** Where the eight bytes of the extra nonce stand. */
    public static final int EXTRA_NONCE_OFFSET = 40;

    /** The longest engine field. */
    public static final int MAX_ENGINE_FIELD_BYTES = 512;

    /** Encoded size without the engine field's bytes. */
    public static final int MIN_BYTES = 218;

    /** The canonical encoding. */
    public byte[] encode() {
        return new Encoder(MIN_BYTES + engineField.size())
                .hash(chainId)
                .u64(height)
                .u64(extraNonce)
                .u64(timeMillis)
                .hash(proposer.digest())
                .hash(transactionsRoot)
                .hash(stateRoot)
                .hash(receiptsRoot)
                .hash(validatorsRoot)
                .bytes16(engineField.bytes())
                .toBytes();
    }

    /** Reads a core. */
    public static HeaderCore decode(Decoder in) throws RejectedException {
        return new HeaderCore(
                in.hash(),
                in.u63(),
                in.u64(),
                in.u63(),
                new Address(in.hash()),
                in.hash(),
                in.hash(),
                in.hash(),
                in.hash(),
                ByteString.of(in.bytes16(MAX_ENGINE_FIELD_BYTES)));
    }

    /** The digest that the outer header holds in the place of Bitcoin's Merkle root. */
    public Hash commitment() {
        return Sha256.doubleHash(encode());
    }

    /** The same core with another extra nonce. */
    public HeaderCore withExtraNonce(long value) {
        return new HeaderCore(
                chainId,
                height,
                value,
                timeMillis,
                proposer,
                transactionsRoot,
                stateRoot,
                receiptsRoot,
                validatorsRoot,
                engineField);
    }
}
