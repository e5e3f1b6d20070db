package synod.chain.state;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * A subtree of the state tree. Its contents never change, so blocks share the subtrees that they leave alone; only how
 * much of it is in memory changes, by {@link Branch#replace}.
 */
sealed interface TreeNode {
    /** The subtree without leaves. */
    TreeNode EMPTY = new Empty();

    /** The hash; zero for the empty subtree. */
    Hash hash();

    /** No leaf. */
    final class Empty implements TreeNode {
        private Empty() {}

        @Override
        public Hash hash() {
            return Hash.ZERO;
        }
    }

    /**
     * One leaf and nothing else; it stands at the shortest prefix of its path that no other leaf has.
     *
     * @param path SHA-256 of the record's key
     * @param valueHash SHA-256 of the record's value
     */
    record Leaf(Hash path, Hash valueHash, Hash hash) implements TreeNode {
        static Leaf of(Hash path, Hash valueHash, TreeHasher hasher) {
            return new Leaf(path, valueHash, hasher.leaf(path, valueHash));
        }
    }

    /** Two or more leaves that are in the store and not in memory. */
    record Stub(Hash hash) implements TreeNode {}

    /** Two or more leaves, told apart by the next bit of their paths or a later one. */
    final class Branch implements TreeNode {
        private TreeNode left;
        private TreeNode right;
        private final Hash hash;
        private boolean recent = true;

        Branch(TreeNode left, TreeNode right, TreeHasher hasher) {
            this.left = left;
            this.right = right;
            this.hash = hasher.branch(left.hash(), right.hash());
        }

        @Override
        public Hash hash() {
            return hash;
        }

        /** The subtree on the side that this bit names: false is left. */
        TreeNode child(boolean side) {
            return side ? right : left;
        }

        /** Puts a stub in the place of the branch it stands for, or the branch in the place of its stub. */
        void replace(boolean side, TreeNode same) {
            if (!same.hash().equals(child(side).hash())) {
                throw new IllegalStateException("a subtree was to be replaced by another one");
            }
            if (side) {
                right = same;
            } else {
                left = same;
            }
        }

        /** Notes that somebody needs this branch. */
        void use() {
            recent = true;
        }

        /** Whether somebody needed this branch since this was last asked. */
        boolean forgetUse() {
            boolean was = recent;
            recent = false;
            return was;
        }
    }

    /**
     * The row of a node: the node itself, and of what stands below a branch the leaves and the hashes of branches, so
     * that only the root is ever a row of its own when it is a leaf.
     */
    static byte[] encode(TreeNode node) {
        Encoder out = new Encoder(2 + 4 * Hash.LENGTH);
        if (node instanceof Branch branch) {
            out.u8(Tag.BRANCH);
            encodeChild(branch.left, out);
            encodeChild(branch.right, out);
        } else {
            encodeChild(node, out);
        }
        return out.toBytes();
    }

    /** Reads a row. */
    static TreeNode decode(byte[] row, TreeHasher hasher) throws RejectedException {
        Decoder in = new Decoder(row);
        int tag = in.u8();
        TreeNode node = switch (tag) {
            case Tag.LEAF -> Leaf.of(in.hash(), in.hash(), hasher);
            case Tag.BRANCH -> new Branch(decodeChild(in, hasher), decodeChild(in, hasher), hasher);
            default -> throw in.malformed("a tree node of unknown kind " + tag);
        };
        in.finish();
        return node;
    }

    private static void encodeChild(TreeNode child, Encoder out) {
        switch (child) {
            case Empty _ -> out.u8(Tag.EMPTY);
            case Leaf leaf -> out.u8(Tag.LEAF).hash(leaf.path()).hash(leaf.valueHash());
            case Branch branch -> out.u8(Tag.BRANCH).hash(branch.hash());
            case Stub stub -> out.u8(Tag.BRANCH).hash(stub.hash());
        }
    }

    private static TreeNode decodeChild(Decoder in, TreeHasher hasher) throws RejectedException {
        int tag = in.u8();
        return switch (tag) {
            case Tag.EMPTY -> EMPTY;
            case Tag.LEAF -> Leaf.of(in.hash(), in.hash(), hasher);
            case Tag.BRANCH -> new Stub(in.hash());
            default -> throw in.malformed("a tree node of unknown kind " + tag);
        };
    }

    /** The first bytes of nodes in rows. */
    final class Tag {
        static final int EMPTY = 0;
        static final int LEAF = 1;
        static final int BRANCH = 2;

        private Tag() {}
    }
}
