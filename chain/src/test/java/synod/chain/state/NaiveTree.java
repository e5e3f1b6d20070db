package synod.chain.state;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** The state tree's root straight from its definition, by splitting all records at every bit. */
final class NaiveTree {
    private NaiveTree() {}

    static Hash root(SortedMap<StateKey, ByteString> records) {
        SortedMap<Hash, Hash> leaves = new TreeMap<>();
        records.forEach((key, value) -> leaves.put(Sha256.hash(key.bytes()), Sha256.hash(value.bytes())));
        return root(List.copyOf(leaves.entrySet()), 0);
    }

    private static Hash root(List<Map.Entry<Hash, Hash>> leaves, int bit) {
        if (leaves.isEmpty()) {
            return Hash.ZERO;
        }
        if (leaves.size() == 1) {
            Map.Entry<Hash, Hash> leaf = leaves.getFirst();
            return Sha256.hash(
                    new byte[] {0}, leaf.getKey().bytes(), leaf.getValue().bytes());
        }
        Hash left = root(leaves.stream().filter(leaf -> !leaf.getKey().bit(bit)).toList(), bit + 1);
        Hash right = root(leaves.stream().filter(leaf -> leaf.getKey().bit(bit)).toList(), bit + 1);
        return Sha256.hash(new byte[] {1}, left.bytes(), right.bytes());
    }
}
