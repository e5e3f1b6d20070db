package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.crypto.Hash;

class StateProofTest {
    private static final int RECORDS = 300;

    private final StateTree tree = new StateTree(_ -> Optional.empty());
    private final TreeNode root = full();

    private static StateKey key(int number) {
        return StateKey.of('t', LedgerFixture.hash("record " + number));
    }

    private static byte[] value(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8), 7};
    }

    private TreeNode full() {
        List<StateTree.Change> puts = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            puts.add(tree.change(key(i), Optional.of(value(i))));
        }
        return tree.update(TreeNode.EMPTY, puts);
    }

    private StateProof present(int number) {
        return tree.prove(root, key(number), Optional.of(ByteString.of(value(number))));
    }

    private StateProof absent(int number) {
        return tree.prove(root, key(number), Optional.empty());
    }

    private static StateProof decode(byte[] bytes) throws RejectedException {
        Decoder in = new Decoder(bytes);
        StateProof proof = StateProof.decode(in);
        in.finish();
        return proof;
    }

    @Test
    void provesEveryRecordAndEveryAbsence() throws RejectedException {
        for (int i = 0; i < 2 * RECORDS; i++) {
            StateProof proof = i < RECORDS ? present(i) : absent(i);
            StateProof read = decode(proof.encode());
            assertThat(read).isEqualTo(proof);
            assertThat(read.encode()).isEqualTo(proof.encode()).hasSizeLessThanOrEqualTo(StateProof.MAX_BYTES);
            assertThat(read.value().isPresent()).isEqualTo(i < RECORDS);
            assertThat(read.holdsFor(root.hash())).isTrue();
            assertThat(read.holdsFor(LedgerFixture.hash("another root"))).isFalse();
        }
    }

    @Test
    void provesAbsenceBothByAnEmptyPlaceAndByAnotherLeaf() {
        List<StateProof> proofs = new ArrayList<>();
        for (int i = RECORDS; i < 3 * RECORDS; i++) {
            proofs.add(absent(i));
        }
        assertThat(proofs).anyMatch(proof -> proof.other().isPresent());
        assertThat(proofs).anyMatch(proof -> proof.other().isEmpty());
    }

    @Test
    void noMutatedProofHolds() {
        for (int i : new int[] {0, 1, 2, RECORDS, RECORDS + 1, RECORDS + 2, RECORDS + 3, RECORDS + 4}) {
            StateProof proof = i < RECORDS ? present(i) : absent(i);
            byte[] encoded = proof.encode();
            for (int bit = 0; bit < encoded.length * 8; bit++) {
                byte[] mutated = encoded.clone();
                mutated[bit >>> 3] ^= (byte) (1 << (bit & 7));
                assertThat(saysSomethingFalse(mutated))
                        .as("bit %d of %s", bit, proof)
                        .isFalse();
            }
            for (int length = 0; length < encoded.length; length++) {
                byte[] cut = Arrays.copyOf(encoded, length);
                assertThatThrownBy(() -> decode(cut)).isInstanceOf(RejectedException.class);
            }
        }
    }

    /** Whether the proof is accepted, unless it says of another key what is true of that one. */
    private boolean saysSomethingFalse(byte[] encoded) {
        StateProof proof;
        try {
            proof = decode(encoded);
        } catch (RejectedException e) {
            return false;
        }
        if (!proof.holdsFor(root.hash())) {
            return false;
        }
        return !proof.equals(tree.prove(root, proof.key(), proof.value()))
                || proof.key().kind() == 't' && isRecord(proof.key());
    }

    private static boolean isRecord(StateKey key) {
        for (int i = 0; i < RECORDS + 5; i++) {
            if (key.equals(key(i))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void anAbsentRecordCannotBeProvedNorAPresentOneDenied() {
        assertThat(new StateProof(key(3), Optional.empty(), present(3).siblings(), Optional.empty())
                        .holdsFor(root.hash()))
                .isFalse();
        Hash path = key(3).path();
        Hash valueHash = tree.change(key(3), Optional.of(value(3))).valueHash().orElseThrow();
        assertThat(new StateProof(
                                key(3),
                                Optional.empty(),
                                present(3).siblings(),
                                Optional.of(new StateProof.OtherLeaf(path, valueHash)))
                        .holdsFor(root.hash()))
                .isFalse();
        StateProof elsewhere = present(4);
        Hash otherValueHash =
                tree.change(key(4), Optional.of(value(4))).valueHash().orElseThrow();
        assertThat(new StateProof(
                                key(3),
                                Optional.empty(),
                                elsewhere.siblings(),
                                Optional.of(new StateProof.OtherLeaf(key(4).path(), otherValueHash)))
                        .holdsFor(root.hash()))
                .isFalse();
    }

    @Test
    void refusesAProofOfTheWrongRecordInsteadOfGivingIt() {
        assertThatThrownBy(() -> tree.prove(root, key(3), Optional.of(ByteString.of(value(4)))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theEmptyStateHasNoRecords() throws RejectedException {
        StateProof proof = tree.prove(TreeNode.EMPTY, key(1), Optional.empty());
        assertThat(decode(proof.encode()).holdsFor(Hash.ZERO)).isTrue();
        assertThat(proof.holdsFor(root.hash())).isFalse();
    }

    @Test
    void refusesEncodingsThatAreNotCanonical() {
        byte[] key = key(1).bytes();
        byte[] head = new byte[1 + key.length + 1];
        head[0] = (byte) key.length;
        System.arraycopy(key, 0, head, 1, key.length);
        assertThatThrownBy(() -> decode(concat(head, new byte[] {1, 0, 0x40}))).hasMessageContaining("padding");
        assertThatThrownBy(() -> decode(concat(head, new byte[] {1, 0, (byte) 0x80}, new byte[32])))
                .hasMessageContaining("empty sibling");
        assertThatThrownBy(() -> decode(concat(head, new byte[] {1, 1}, new byte[64])))
                .hasMessageContaining("257 steps");
        assertThatThrownBy(() -> decode(new byte[] {0, 0, 0, 0})).hasMessageContaining("without bytes");
    }

    private static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
