package synod.chain.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.PublicKey;
import synod.crypto.SigningKey;

class ValidatorSetTest {
    private static PublicKey key(int number) {
        byte[] seed = new byte[SigningKey.LENGTH];
        Arrays.fill(seed, (byte) number);
        return SigningKey.of(seed).publicKey();
    }

    private static List<Validator> some(int count) {
        List<Validator> validators = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            validators.add(new Validator(key(i), i));
        }
        return validators;
    }

    private static byte[] encode(ValidatorSet set) {
        Encoder out = new Encoder(64);
        set.encode(out);
        return out.toBytes();
    }

    @Test
    void numbersDoNotDependOnTheOrderInWhichTheyWereGiven() {
        List<Validator> shuffled = some(7);
        Collections.shuffle(shuffled, new Random(1));
        ValidatorSet set = ValidatorSet.of(shuffled);
        assertThat(set).isEqualTo(ValidatorSet.of(some(7)));
        assertThat(set.root()).isEqualTo(ValidatorSet.of(some(7)).root());
        for (int i = 0; i < set.size(); i++) {
            assertThat(set.number(set.key(i))).hasValue(i);
        }
        assertThat(set.number(key(8))).isEmpty();
        assertThat(set.totalWeight()).isEqualTo(28);
    }

    @Test
    void theRootIsThatOfTheEncodedValidatorsAndZeroOfNobody() {
        ValidatorSet set = ValidatorSet.ofEqual(List.of(key(1)));
        byte[] leaf = new Encoder(40).raw(key(1).bytes()).u64(1).toBytes();
        assertThat(set.root()).isEqualTo(MerkleTree.root(List.of(leaf)));
        assertThat(ValidatorSet.EMPTY.root()).isEqualTo(Hash.ZERO);
    }

    @Test
    void readsWhatItWrote() throws RejectedException {
        for (ValidatorSet set : List.of(ValidatorSet.EMPTY, ValidatorSet.of(some(5)))) {
            Decoder in = new Decoder(encode(set));
            assertThat(ValidatorSet.decode(in)).isEqualTo(set);
            in.finish();
        }
    }

    @Test
    void refusesAnotherOrderAKeyTwiceNoWeightAndTooMany() {
        byte[] encoded = encode(ValidatorSet.of(some(2)));
        byte[] swapped = encoded.clone();
        System.arraycopy(encoded, 2, swapped, 42, 40);
        System.arraycopy(encoded, 42, swapped, 2, 40);
        byte[] twice = encoded.clone();
        System.arraycopy(encoded, 2, twice, 42, 40);
        byte[] weightless = encoded.clone();
        Arrays.fill(weightless, 34, 42, (byte) 0);
        byte[] many = encoded.clone();
        many[0] = (byte) 0xff;
        byte[] heavy = encoded.clone();
        for (int at : new int[] {34, 74}) {
            Arrays.fill(heavy, at, at + 7, (byte) 0xff);
            heavy[at + 7] = 0x7f;
        }
        for (byte[] bad : List.of(swapped, twice, weightless, many, heavy)) {
            assertThatThrownBy(() -> ValidatorSet.decode(new Decoder(bad))).isInstanceOf(RejectedException.class);
        }
        assertThatThrownBy(() -> ValidatorSet.ofEqual(List.of(key(1), key(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
