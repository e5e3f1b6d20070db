package synod.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * Proof that a record is in the state under a root, or that none is. Whoever has the root of a block's header needs
 * nothing else to check it.
 *
 * @param key whose record it is about
 * @param value the record; empty if the proof says that there is none
 * @param siblings hashes of the subtrees beside the way from the root to where the record stands or would stand, the
 *     root's child first; zero for an empty one
 * @param other the leaf that stands where the record would, if it is not an empty place; only without a value
 */
public record StateProof(StateKey key, Optional<ByteString> value, List<Hash> siblings, Optional<OtherLeaf> other) {
    /** The longest record that can be proved, in bytes. */
    public static final int MAX_VALUE_BYTES = 16_384;

    /** The longest way: one step for each bit of a path. */
    public static final int MAX_SIBLINGS = Hash.LENGTH * 8;

    /** No encoding is longer than this many bytes. */
    public static final int MAX_BYTES =
            1 + StateKey.MAX_BYTES + 1 + 2 + MAX_VALUE_BYTES + 2 + MAX_SIBLINGS / 8 + MAX_SIBLINGS * Hash.LENGTH;

    private static final int EMPTY_PLACE = 0;
    private static final int OTHER_LEAF = 1;
    private static final int RECORD = 2;

    /**
     * A leaf that is in the state at the place asked for, and is of another key.
     *
     * @param path SHA-256 of that key
     * @param valueHash SHA-256 of its record
     */
    public record OtherLeaf(Hash path, Hash valueHash) {}

    /** Copies the list, and refuses what no tree can give. */
    public StateProof {
        siblings = List.copyOf(siblings);
        if (siblings.size() > MAX_SIBLINGS) {
            throw new IllegalArgumentException("a proof of more than " + MAX_SIBLINGS + " steps");
        }
        if (value.isPresent() && other.isPresent()) {
            throw new IllegalArgumentException("a proof that a record is and is not there");
        }
        if (value.isPresent() && value.get().size() > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("a record of more than " + MAX_VALUE_BYTES + " bytes");
        }
    }

    /**
     * Whether what the proof says is true of the state with this root. The bits of the key's path say on which side
     * each sibling stands, so another leaf counts only at the very place where the record would stand.
     */
    public boolean holdsFor(Hash stateRoot) {
        TreeHasher hasher = new TreeHasher();
        Hash path = key.path();
        Hash hash = Hash.ZERO;
        if (value.isPresent()) {
            hash = hasher.leaf(path, hasher.plain(value.get().bytes()));
        } else if (other.isPresent()) {
            Hash otherPath = other.get().path();
            if (otherPath.equals(path)) {
                return false;
            }
            hash = hasher.leaf(otherPath, other.get().valueHash());
        }
        for (int depth = siblings.size() - 1; depth >= 0; depth--) {
            Hash sibling = siblings.get(depth);
            hash = path.bit(depth) ? hasher.branch(sibling, hash) : hasher.branch(hash, sibling);
        }
        return hash.equals(stateRoot);
    }

    /**
     * Key with a u8 length; u8 what stands there: 0 nothing, 1 another leaf (path, value hash), 2 the record (u16
     * length, value); u16 number of siblings; one bit for each, most significant first, whether it is not zero, padded
     * with zero bits; those that are not.
     */
    public byte[] encode() {
        Encoder out = new Encoder(256 + siblings.size() * Hash.LENGTH).bytes8(key.bytes());
        if (value.isPresent()) {
            out.u8(RECORD).bytes16(value.get().bytes());
        } else if (other.isPresent()) {
            out.u8(OTHER_LEAF).hash(other.get().path()).hash(other.get().valueHash());
        } else {
            out.u8(EMPTY_PLACE);
        }
        byte[] present = new byte[(siblings.size() + 7) / 8];
        for (int i = 0; i < siblings.size(); i++) {
            if (!siblings.get(i).equals(Hash.ZERO)) {
                present[i >>> 3] |= (byte) (0x80 >>> (i & 7));
            }
        }
        out.u16(siblings.size()).raw(present);
        siblings.stream().filter(sibling -> !sibling.equals(Hash.ZERO)).forEach(out::hash);
        return out.toBytes();
    }

    /** Reads a proof; whether it holds is another question. */
    public static StateProof decode(Decoder in) throws RejectedException {
        StateKey key = StateKey.decode(in);
        Optional<ByteString> value = Optional.empty();
        Optional<OtherLeaf> other = Optional.empty();
        int kind = in.u8();
        switch (kind) {
            case EMPTY_PLACE -> {}
            case OTHER_LEAF -> other = Optional.of(new OtherLeaf(in.hash(), in.hash()));
            case RECORD -> value = Optional.of(ByteString.of(in.bytes16(MAX_VALUE_BYTES)));
            default -> throw in.malformed("a state proof of unknown kind " + kind);
        }
        return new StateProof(key, value, decodeSiblings(in), other);
    }

    private static List<Hash> decodeSiblings(Decoder in) throws RejectedException {
        int count = in.u16();
        if (count > MAX_SIBLINGS) {
            throw in.malformed("a state proof of " + count + " steps");
        }
        byte[] present = in.raw((count + 7) / 8);
        if (count % 8 != 0 && (present[count >>> 3] & 0xff >>> (count & 7)) != 0) {
            throw in.malformed("padding that is not zero");
        }
        List<Hash> siblings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean isPresent = (present[i >>> 3] & 0x80 >>> (i & 7)) != 0;
            Hash sibling = isPresent ? in.hash() : Hash.ZERO;
            if (isPresent && sibling.equals(Hash.ZERO)) {
                throw in.malformed("an empty sibling that is called present");
            }
            siblings.add(sibling);
        }
        return siblings;
    }
}
