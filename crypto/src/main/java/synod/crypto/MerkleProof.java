package synod.crypto;

import java.util.List;

/**
 * The audit path of one leaf of a {@link MerkleTree} (RFC 6962 section 2.1.1): what is needed, beside the leaf, to
 * compute the root.
 *
 * @param index the leaf's place, counted from zero
 * @param size how many leaves the tree has; not proven by the path alone, so it must come with the root from a trusted
 *     source wherever it matters
 * @param path the sibling hashes from the leaf's level upwards, exactly as many as index and size call for
 */
public record MerkleProof(long index, long size, List<Hash> path) {
    /**
     * Checks that the three fit together.
     *
     * @throws IllegalArgumentException if the index is not below the size or the path has another length than it must
     */
    public MerkleProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        int expected = pathLength(index, size);
        if (path.size() != expected) {
            throw new IllegalArgumentException("the path of leaf " + index + " in a tree of " + size + " has "
                    + expected + " hashes, not " + path.size());
        }
        path = List.copyOf(path);
    }

    /** Whether this leaf stands at the index in the tree with this root. */
    public boolean verifies(byte[] leaf, Hash root) {
        return verifiesLeafHash(MerkleTree.leafHash(leaf), root);
    }

    /** Whether the leaf with this {@link MerkleTree#leafHash leaf hash} stands at the index in the tree with this root. */
    public boolean verifiesLeafHash(Hash leafHash, Hash root) {
        Hash hash = leafHash;
        long node = index;
        long last = size - 1;
        int used = 0;
        while (last > 0) {
            if ((node & 1) == 1) {
                hash = MerkleTree.nodeHash(path.get(used++), hash);
            } else if (node < last) {
                hash = MerkleTree.nodeHash(hash, path.get(used++));
            }
            node >>>= 1;
            last >>>= 1;
        }
        return hash.equals(root);
    }

    private static int pathLength(long index, long size) {
        int length = 0;
        for (long node = index, last = size - 1; last > 0; node >>>= 1, last >>>= 1) {
            // A last node with an even index has no sibling and moves up as it is.
            if ((node & 1) == 1 || node < last) {
                length++;
            }
        }
        return length;
    }
}
