package synod.chain.transaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.crypto.SignedMessage;
import synod.crypto.SigningKey;

/**
 * A signed instruction to the ledger. The signed bytes begin with the chain id, so it is worth nothing on another
 * network; the nonce makes it good once.
 */
public final class Transaction {
    /** The shortest encoding of any kind. */
    public static final int MIN_BYTES = 1 + 1 + 32 + 8 + 8 + 8 + 64;

    /** The longest encoding of any kind. */
    public static final int MAX_BYTES = 1 << 10;

    private static final byte[] DOMAIN = "synod transaction v1".getBytes(StandardCharsets.US_ASCII);

    private final PublicKey senderKey;
    private final Address sender;
    private final long nonce;
    private final Amount fee;
    private final Payload payload;
    private final Signature signature;
    private final byte[] encoded;
    private final Hash id;

    private Transaction(
            PublicKey senderKey, long nonce, Amount fee, Payload payload, Signature signature, byte[] encoded) {
        this.senderKey = senderKey;
        this.sender = Address.of(senderKey);
        this.nonce = nonce;
        this.fee = fee;
        this.payload = payload;
        this.signature = signature;
        this.encoded = encoded;
        this.id = Sha256.doubleHash(encoded);
    }

    /** Makes and signs a transaction for the chain with this id. */
    public static Transaction sign(SigningKey key, Hash chainId, long nonce, Amount fee, Payload payload) {
        return sign(key.publicKey(), key::sign, chainId, nonce, fee, payload);
    }

    /**
     * Makes a transaction that somebody else signs.
     *
     * @param signer signs the given bytes with the sender's key
     */
    public static Transaction sign(
            PublicKey sender,
            Function<byte[], Signature> signer,
            Hash chainId,
            long nonce,
            Amount fee,
            Payload payload) {
        byte[] unsigned = unsigned(sender, nonce, fee, payload);
        Signature signature = signer.apply(signedBytes(chainId, unsigned));
        return new Transaction(sender, nonce, fee, payload, signature, encode(unsigned, signature));
    }

    /** Reads a transaction; its signature is still unchecked. */
    public static Transaction decode(Decoder in) throws RejectedException {
        int start = in.offset();
        int kind = in.u8();
        int scheme = in.u8();
        if (scheme != Address.ED25519) {
            throw in.malformed("a key of unknown scheme " + scheme);
        }
        byte[] key = in.raw(PublicKey.LENGTH);
        PublicKey senderKey;
        try {
            senderKey = PublicKey.of(key);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a sender key that is no canonical Ed25519 point of prime order");
        }
        long nonce = in.u63();
        Amount fee = new Amount(in.u63());
        Payload payload = Payload.decode(kind, in);
        Signature signature = Signature.of(in.raw(Signature.LENGTH));
        return new Transaction(senderKey, nonce, fee, payload, signature, in.since(start));
    }

    /** Whether the sender signed this for the chain with this id, and all signatures in the payload are good there. */
    public boolean isSignedFor(Hash chainId) {
        return signedMessages(chainId).stream().allMatch(SignedMessage::isValid);
    }

    /** What {@link #isSignedFor} checks, for whoever checks many at once: the sender's signature first. */
    public List<SignedMessage> signedMessages(Hash chainId) {
        SignedMessage sent = new SignedMessage(senderKey, signedBytes(chainId), signature);
        List<SignedMessage> inside = payload.signedMessages(chainId);
        return inside.isEmpty()
                ? List.of(sent)
                : Stream.concat(Stream.of(sent), inside.stream()).toList();
    }

    /** What the sender signs for the chain with this id. */
    public byte[] signedBytes(Hash chainId) {
        return signedBytes(chainId, Arrays.copyOf(encoded, encoded.length - Signature.LENGTH));
    }

    private static byte[] encode(byte[] unsigned, Signature signature) {
        return new Encoder(unsigned.length + Signature.LENGTH)
                .raw(unsigned)
                .raw(signature.bytes())
                .toBytes();
    }

    private static byte[] unsigned(PublicKey senderKey, long nonce, Amount fee, Payload payload) {
        Encoder out = new Encoder(192)
                .u8(payload.kind())
                .u8(Address.ED25519)
                .raw(senderKey.bytes())
                .u64(nonce)
                .u64(fee.units());
        payload.encode(out);
        return out.toBytes();
    }

    /** Domain, chain id, and the encoding without the signature. */
    private static byte[] signedBytes(Hash chainId, byte[] unsigned) {
        return new Encoder(DOMAIN.length + Hash.LENGTH + unsigned.length)
                .raw(DOMAIN)
                .hash(chainId)
                .raw(unsigned)
                .toBytes();
    }

    /** Kind, scheme, key, nonce, fee, payload, signature. */
    public byte[] encode() {
        return encoded.clone();
    }

    /** Encoded size in bytes. */
    public int size() {
        return encoded.length;
    }

    /** SHA-256d over the whole encoding, signature included. */
    public Hash id() {
        return id;
    }

    public Address sender() {
        return sender;
    }

    public PublicKey senderKey() {
        return senderKey;
    }

    /** The sender's count of earlier transactions. */
    public long nonce() {
        return nonce;
    }

    /** What the sender pays to the block's proposer. */
    public Amount fee() {
        return fee;
    }

    public Payload payload() {
        return payload;
    }

    public Signature signature() {
        return signature;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Transaction that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "transaction " + id;
    }
}
