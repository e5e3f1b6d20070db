package synod.chain.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.state.TreeNode.Branch;
import synod.chain.state.TreeNode.Leaf;
import synod.chain.state.TreeNode.Stub;
import synod.chain.store.DiskException;
import synod.chain.store.WriteBatch;
import synod.crypto.Hash;

/**
 * The authenticated tree over the state's records: a sparse Merkle tree in which a leaf stands at the shortest prefix
 * of its path that no other leaf has. Its shape depends on the records alone, not on the order in which they came.
 *
 * <p>The store holds one version, each branch under its position. In memory there may be many versions, which share
 * what they have in common: a version is its root {@link TreeNode}. What is not in memory is a {@link Stub}, and is read
 * from the store when it is needed; a version's stubs must therefore be unchanged between the version in the store and
 * this one. That holds because a version is only made by {@link #update} from the store's version, or from another
 * such, which loads all that it changes.
 */
final class StateTree {
    private final Function<byte[], Optional<byte[]>> store;
    private final TreeHasher hasher = new TreeHasher();
    private long created;

    /** A tree whose rows this function reads. */
    StateTree(Function<byte[], Optional<byte[]>> store) {
        this.store = store;
    }

    /**
     * What becomes of one leaf.
     *
     * @param valueHash of the new value; empty if the leaf goes
     */
    record Change(Hash path, Optional<Hash> valueHash) {}

    /**
     * The version in the store.
     *
     * @param root its hash
     */
    TreeNode open(Hash root) {
        return root.equals(Hash.ZERO) ? TreeNode.EMPTY : load(root, 0, Hash.ZERO);
    }

    /** How many branches were made or read so far: how much memory may have come into use. */
    long created() {
        return created;
    }

    /** The change that a record's new value, or its absence, brings to the tree. */
    Change change(StateKey key, Optional<byte[]> value) {
        return new Change(hasher.plain(key.bytes()), value.map(hasher::plain));
    }

    /** Another version, with these changes, of which no two have the same path. Hashes each changed node once. */
    TreeNode update(TreeNode root, List<Change> changes) {
        Change[] sorted = changes.toArray(Change[]::new);
        Arrays.sort(sorted, (one, other) -> one.path().compareTo(other.path()));
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i].path().equals(sorted[i - 1].path())) {
                throw new IllegalStateException("two changes of one record: " + sorted[i].path());
            }
        }
        return update(root, 0, sorted, 0, sorted.length);
    }

    private TreeNode update(TreeNode node, int depth, Change[] changes, int from, int to) {
        if (from == to) {
            return node;
        }
        return switch (node) {
            case Branch branch -> updateBranch(branch, depth, changes, from, to);
            case Leaf leaf -> build(depth, merge(leaf, changes, from, to));
            case TreeNode.Empty _ -> build(depth, merge(changes, from, to));
            case Stub _ -> throw new IllegalStateException("a stub was not loaded before it was changed");
        };
    }

    private TreeNode updateBranch(Branch branch, int depth, Change[] changes, int from, int to) {
        int middle = split(changes, from, to, depth);
        TreeNode left = branch.child(false);
        TreeNode right = branch.child(true);
        if (from < middle) {
            left = update(child(branch, depth, changes[from].path()), depth + 1, changes, from, middle);
        }
        if (middle < to) {
            right = update(child(branch, depth, changes[middle].path()), depth + 1, changes, middle, to);
        }
        if (left == branch.child(false) && right == branch.child(true)) {
            return branch;
        }
        return join(left, right);
    }

    /** The first of the changes whose path goes right at this depth. */
    private static int split(Change[] changes, int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes[middle].path().bit(depth)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private TreeNode join(TreeNode left, TreeNode right) {
        if (left instanceof TreeNode.Empty && (right instanceof Leaf || right instanceof TreeNode.Empty)) {
            return right;
        }
        if (right instanceof TreeNode.Empty && left instanceof Leaf) {
            return left;
        }
        created++;
        return new Branch(left, right, hasher);
    }

    /** The leaves that the changes leave where nothing was. */
    private List<Leaf> merge(Change[] changes, int from, int to) {
        List<Leaf> leaves = new ArrayList<>(to - from + 1);
        for (int i = from; i < to; i++) {
            Hash path = changes[i].path();
            changes[i].valueHash().ifPresent(value -> leaves.add(Leaf.of(path, value, hasher)));
        }
        return leaves;
    }

    /** The leaves that the changes leave where one leaf was. */
    private List<Leaf> merge(Leaf old, Change[] changes, int from, int to) {
        int at = from;
        while (at < to && changes[at].path().compareTo(old.path()) < 0) {
            at++;
        }
        boolean replaced = at < to && changes[at].path().equals(old.path());
        if (replaced && to - from == 1 && changes[at].valueHash().equals(Optional.of(old.valueHash()))) {
            return List.of(old);
        }
        List<Leaf> leaves = merge(changes, from, at);
        if (!replaced) {
            leaves.add(old);
        }
        leaves.addAll(merge(changes, at, to));
        return leaves;
    }

    /** The subtree of these leaves, which are in order of their paths and agree in all bits before this depth. */
    private TreeNode build(int depth, List<Leaf> leaves) {
        return switch (leaves.size()) {
            case 0 -> TreeNode.EMPTY;
            case 1 -> leaves.getFirst();
            default -> {
                int middle = 0;
                while (middle < leaves.size() && !leaves.get(middle).path().bit(depth)) {
                    middle++;
                }
                yield join(
                        build(depth + 1, leaves.subList(0, middle)),
                        build(depth + 1, leaves.subList(middle, leaves.size())));
            }
        };
    }

    /**
     * Proves what the tree says of a key.
     *
     * @param value the record under this key in this version
     */
    StateProof prove(TreeNode root, StateKey key, Optional<ByteString> value) {
        Hash path = key.path();
        List<Hash> siblings = new ArrayList<>();
        TreeNode node = root;
        while (node instanceof Branch branch) {
            boolean side = path.bit(siblings.size());
            node = child(branch, siblings.size(), path);
            siblings.add(branch.child(!side).hash());
        }
        Optional<StateProof.OtherLeaf> other =
                node instanceof Leaf leaf && !leaf.path().equals(path)
                        ? Optional.of(new StateProof.OtherLeaf(leaf.path(), leaf.valueHash()))
                        : Optional.empty();
        StateProof proof = new StateProof(key, value, siblings, other);
        if (!proof.holdsFor(root.hash())) {
            throw new IllegalStateException("the record of " + key + " is not the one in the state tree");
        }
        return proof;
    }

    /** The subtree below a branch at this depth on the way to this path, brought into memory. */
    private TreeNode child(Branch branch, int depth, Hash path) {
        boolean side = path.bit(depth);
        if (branch.child(side) instanceof Stub stub) {
            branch.replace(side, load(stub.hash(), depth + 1, path));
        }
        if (branch.child(side) instanceof Branch child) {
            child.use();
        }
        return branch.child(side);
    }

    private TreeNode load(Hash hash, int depth, Hash path) {
        byte[] row = store.apply(Rows.node(depth, path)).orElseThrow(() -> damaged(depth, path, "is missing"));
        TreeNode node = Stored.read(row, nameOf(depth, path), bytes -> TreeNode.decode(bytes, hasher));
        if (!node.hash().equals(hash)) {
            throw damaged(depth, path, "has another hash than the one above it names");
        }
        created++;
        return node;
    }

    private static DiskException damaged(int depth, Hash path, String what) {
        return Stored.damaged(nameOf(depth, path) + " " + what);
    }

    private static String nameOf(int depth, Hash path) {
        return "the tree node at depth " + depth + " towards " + path;
    }

    /** Appends what turns the rows of one version, the one in the store, into those of another. */
    void difference(TreeNode stored, TreeNode target, WriteBatch out) {
        difference(stored, target, 0, new byte[Hash.LENGTH], out);
    }

    private void difference(TreeNode old, TreeNode target, int depth, byte[] prefix, WriteBatch out) {
        if (old == target || old.hash().equals(target.hash())) {
            return;
        }
        if (target instanceof Stub) {
            throw new IllegalStateException("a subtree that was never loaded differs from the one in the store");
        }
        Hash position = Hash.of(prefix);
        TreeNode before = old instanceof Stub ? load(old.hash(), depth, position) : old;
        if (hasRow(target, depth)) {
            out.put(Rows.node(depth, position), TreeNode.encode(target));
        } else if (hasRow(before, depth)) {
            out.delete(Rows.node(depth, position));
        }
        if (before instanceof Branch || target instanceof Branch) {
            difference(childOf(before, false), childOf(target, false), depth + 1, prefix, out);
            byte bit = (byte) (0x80 >>> (depth & 7));
            prefix[depth >>> 3] |= bit;
            difference(childOf(before, true), childOf(target, true), depth + 1, prefix, out);
            prefix[depth >>> 3] &= (byte) ~bit;
        }
    }

    private static boolean hasRow(TreeNode node, int depth) {
        return node instanceof Branch || depth == 0 && node instanceof Leaf;
    }

    private static TreeNode childOf(TreeNode node, boolean side) {
        return node instanceof Branch branch ? branch.child(side) : TreeNode.EMPTY;
    }

    /**
     * Takes out of memory what nobody needed since the last time, if there is more than so many branches. Only for the
     * version that the store holds: other versions may have branches that are nowhere else.
     */
    void trim(TreeNode stored, int maxBranches) {
        if (count(stored) > maxBranches && stored instanceof Branch branch) {
            trim(branch);
        }
    }

    private static int count(TreeNode node) {
        return node instanceof Branch branch ? 1 + count(branch.child(false)) + count(branch.child(true)) : 0;
    }

    private static void trim(Branch branch) {
        trim(branch, false);
        trim(branch, true);
    }

    private static void trim(Branch branch, boolean side) {
        if (branch.child(side) instanceof Branch child) {
            if (child.forgetUse()) {
                trim(child);
            } else {
                branch.replace(side, new Stub(child.hash()));
            }
        }
    }
}
