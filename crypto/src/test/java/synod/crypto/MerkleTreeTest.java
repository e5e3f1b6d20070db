package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MerkleTreeTest {
    private static final List<byte[]> LEAVES = Vectors.read("rfc6962-roots.txt").stream()
            .map(fields -> HexFormat.of().parseHex(fields[0]))
            .toList();
    private static final List<Hash> ROOTS = Vectors.read("rfc6962-roots.txt").stream()
            .map(fields -> Hash.parse(fields[1]))
            .toList();

    static List<String[]> inclusion() {
        return Vectors.read("rfc6962-inclusion.txt");
    }

    @Test
    void hashesEmptyTreesAndLeavesAsPublished() {
        for (String[] fields : Vectors.read("rfc6962-hasher.txt")) {
            byte[] input = HexFormat.of().parseHex(fields[1]);
            Hash hash = fields[0].equals("leaf") ? MerkleTree.leafHash(input) : MerkleTree.root(List.of());
            assertThat(hash).isEqualTo(Hash.parse(fields[2]));
        }
    }

    @Test
    void hasThePublishedRootAtEverySize() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            assertThat(MerkleTree.root(LEAVES.subList(0, size))).isEqualTo(ROOTS.get(size - 1));
        }
    }

    @ParameterizedTest
    @MethodSource("inclusion")
    void makesAndAcceptsThePublishedProofs(int fromOne, int size, String hashes) {
        List<Hash> path = hashes.lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(Hash::parse)
                .toList();
        MerkleProof proof = new MerkleProof(fromOne - 1, size, path);
        assertThat(MerkleTree.of(LEAVES.subList(0, size)).proof(fromOne - 1)).isEqualTo(proof);
        assertThat(proof.verifies(LEAVES.get(fromOne - 1), ROOTS.get(size - 1))).isTrue();
    }

    /** The root by the words of RFC 6962 section 2.1: split at the largest power of two below the size. */
    private static Hash rootByDefinition(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return MerkleTree.leafHash(leaves.getFirst());
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Sha256.hash(
                new byte[] {1},
                rootByDefinition(leaves.subList(0, split)).bytes(),
                rootByDefinition(leaves.subList(split, leaves.size())).bytes());
    }

    @Test
    void everyProofInTreesOfManySizesHoldsAndNoOtherLeafPasses() {
        List<byte[]> leaves = new ArrayList<>();
        for (int size = 1; size <= 40; size++) {
            leaves.add(new byte[] {(byte) size});
            MerkleTree tree = MerkleTree.of(leaves);
            assertThat(tree.root()).isEqualTo(rootByDefinition(leaves));
            for (int index = 0; index < size; index++) {
                MerkleProof proof = tree.proof(index);
                for (int other = 0; other < size; other++) {
                    assertThat(proof.verifies(leaves.get(other), tree.root())).isEqualTo(other == index);
                }
            }
        }
    }

    /** The corruptions that transparency-dev/merkle tries on each of its proofs. */
    @ParameterizedTest
    @MethodSource("inclusion")
    void refusesProofsThatWereTamperedWith(int fromOne, int size, String hashes) {
        byte[] leaf = LEAVES.get(fromOne - 1);
        Hash root = ROOTS.get(size - 1);
        MerkleProof proof = MerkleTree.of(LEAVES.subList(0, size)).proof(fromOne - 1);
        int index = fromOne - 1;
        List<Hash> path = proof.path();

        assertRefused(index - 1, size, path, leaf, root);
        assertRefused(index + 1, size, path, leaf, root);
        assertRefused(index ^ 2, size, path, leaf, root);
        assertRefused(index, size * 2L, path, leaf, root);
        assertRefused(index, size / 2, path, leaf, root);
        assertThat(proof.verifies(new byte[] {99}, root)).isFalse();
        assertThat(proof.verifies(leaf, MerkleTree.EMPTY_ROOT)).isFalse();
        assertRefused(index, size, with(path, path.size(), root), leaf, root);
        assertRefused(index, size, with(path, 0, root), leaf, root);
        assertRefused(index, size, path.subList(0, path.size() - 1), leaf, root);
        for (int i = 0; i < path.size(); i++) {
            byte[] flipped = path.get(i).bytes();
            flipped[0] ^= 8;
            List<Hash> wrong = new ArrayList<>(path);
            wrong.set(i, Hash.of(flipped));
            assertRefused(index, size, wrong, leaf, root);
        }
    }

    private static List<Hash> with(List<Hash> path, int place, Hash added) {
        List<Hash> longer = new ArrayList<>(path);
        longer.add(place, added);
        return longer;
    }

    private static void assertRefused(long index, long size, List<Hash> path, byte[] leaf, Hash root) {
        try {
            assertThat(new MerkleProof(index, size, path).verifies(leaf, root)).isFalse();
        } catch (IllegalArgumentException refusedAtOnce) {
            assertThat(refusedAtOnce).hasMessageContaining("in a tree of " + size);
        }
    }

    @Test
    void aRepeatedLastLeafChangesTheRoot() {
        List<byte[]> three = LEAVES.subList(0, 3);
        List<byte[]> four = List.of(LEAVES.get(0), LEAVES.get(1), LEAVES.get(2), LEAVES.get(2));
        assertThat(MerkleTree.root(three)).isNotEqualTo(MerkleTree.root(four));
    }

    @Test
    void aNodeDoesNotPassForALeaf() {
        byte[] node = new byte[64];
        MerkleTree.leafHash(LEAVES.get(0)).copyTo(node, 0);
        MerkleTree.leafHash(LEAVES.get(1)).copyTo(node, 32);
        assertThat(MerkleTree.leafHash(node)).isNotEqualTo(ROOTS.get(1));
    }

    @Test
    void hasNoProofForALeafThatIsNotThere() {
        assertThatThrownBy(() -> MerkleTree.of(List.of()).proof(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MerkleTree.of(LEAVES).proof(8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> new MerkleProof(0, 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new MerkleProof(-1, 1, List.of()));
    }

    @Test
    void aProofInTheLargestTreeIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MerkleProof(0, Long.MAX_VALUE, List.of()))
                .withMessageContaining("has 63 hashes, not 0");
    }
}
