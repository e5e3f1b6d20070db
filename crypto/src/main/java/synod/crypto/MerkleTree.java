package synod.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle hash tree (RFC 6962 section 2.1). Leaves are hashed with a leading 0x00 and nodes with a leading 0x01, so
 * that no node passes for a leaf, and a lone subtree moves up unhashed rather than being paired with itself, so that no
 * two lists share a root.
 */
public final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /** The root of a tree without leaves: SHA-256 of nothing. */
    public static final Hash EMPTY_ROOT = Sha256.hash();

    /** Leaf hashes first, the root's level last; each has half as many nodes as the one before, rounded up. */
    private final List<List<Hash>> levels;

    private MerkleTree(List<List<Hash>> levels) {
        this.levels = levels;
    }

    /** The tree over these leaves, in this order. */
    public static MerkleTree of(List<byte[]> leaves) {
        return ofLeafHashes(leaves.stream().map(MerkleTree::leafHash).toList());
    }

    /** The tree over leaves of which only the {@link #leafHash leaf hashes} are at hand. */
    public static MerkleTree ofLeafHashes(List<Hash> leafHashes) {
        List<List<Hash>> levels = new ArrayList<>();
        levels.add(List.copyOf(leafHashes));
        while (levels.getLast().size() > 1) {
            List<Hash> below = levels.getLast();
            List<Hash> level = new ArrayList<>((below.size() + 1) / 2);
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(nodeHash(below.get(i), below.get(i + 1)));
            }
            if (below.size() % 2 == 1) {
                level.add(below.getLast());
            }
            levels.add(level);
        }
        return new MerkleTree(levels);
    }

    /** The root over these leaves, in this order. */
    public static Hash root(List<byte[]> leaves) {
        return of(leaves).root();
    }

    /** The hash under which a leaf's bytes stand in the tree. */
    public static Hash leafHash(byte[] leaf) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(LEAF);
        digest.update(leaf);
        return Hash.wrap(digest.digest());
    }

    /** The hash of two subtrees. */
    static Hash nodeHash(Hash left, Hash right) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(NODE);
        digest.update(left.unshared());
        digest.update(right.unshared());
        return Hash.wrap(digest.digest());
    }

    /** How many leaves there are. */
    public int size() {
        return levels.getFirst().size();
    }

    /** The root hash, {@link #EMPTY_ROOT} if there are no leaves. */
    public Hash root() {
        return size() == 0 ? EMPTY_ROOT : levels.getLast().getFirst();
    }

    /**
     * The proof that the leaf at this index, counted from zero, is in the tree.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public MerkleProof proof(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("no leaf " + index + " in a tree of " + size());
        }
        List<Hash> path = new ArrayList<>();
        int node = index;
        for (List<Hash> level : levels) {
            int sibling = node ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            node >>>= 1;
        }
        return new MerkleProof(index, size(), path);
    }
}
