package synod.chain.validator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.PublicKey;

/**
 * Those who decide a block, in the order of their keys, which gives each its number. A header names the set that decides
 * its child by {@link #root}, so a seal can be checked by who knows the parent's header and nothing else.
 */
public final class ValidatorSet {
    /** The most validators of a set. */
    public static final int MAX_SIZE = 128;

    /** Nobody: the set of engines that need none. Its root is zero. */
    public static final ValidatorSet EMPTY = new ValidatorSet(List.of());

    private static final int ENCODED_VALIDATOR = PublicKey.LENGTH + Long.BYTES;

    private final List<Validator> validators;
    private final long totalWeight;
    private final Hash root;

    private ValidatorSet(List<Validator> inOrder) {
        this.validators = List.copyOf(inOrder);
        long sum = 0;
        for (Validator validator : validators) {
            sum = Math.addExact(sum, validator.weight());
        }
        this.totalWeight = sum;
        this.root = validators.isEmpty()
                ? Hash.ZERO
                : MerkleTree.root(
                        validators.stream().map(ValidatorSet::encodeOne).toList());
    }

    /**
     * A set of these, in any order.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_SIZE}, two have one key, or the weights
     *     together exceed 63 bits
     */
    public static ValidatorSet of(List<Validator> validators) {
        List<Validator> inOrder = new ArrayList<>(validators);
        inOrder.sort(Comparator.comparing(Validator::key));
        if (inOrder.size() > MAX_SIZE) {
            throw new IllegalArgumentException("at most " + MAX_SIZE + " validators, not " + inOrder.size());
        }
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).key().equals(inOrder.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        "a validator twice: " + inOrder.get(i).key());
            }
        }
        try {
            return new ValidatorSet(inOrder);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the validators' weights together exceed 63 bits", e);
        }
    }

    /** Members with one vote each. */
    public static ValidatorSet ofEqual(List<PublicKey> keys) {
        return of(keys.stream().map(key -> new Validator(key, 1)).toList());
    }

    /** All, in the order of their keys. */
    public List<Validator> validators() {
        return validators;
    }

    /** How many there are. */
    public int size() {
        return validators.size();
    }

    /** The key of the validator with this number. */
    public PublicKey key(int number) {
        return validators.get(number).key();
    }

    /** The number of the validator with this key. */
    public OptionalInt number(PublicKey key) {
        int low = 0;
        int high = validators.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = validators.get(middle).key().compareTo(key);
            if (order == 0) {
                return OptionalInt.of(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.empty();
    }

    /** Whether this key is a validator's. */
    public boolean contains(PublicKey key) {
        return number(key).isPresent();
    }

    /** The validator with this key. */
    public Optional<Validator> find(PublicKey key) {
        OptionalInt number = number(key);
        return number.isPresent() ? Optional.of(validators.get(number.getAsInt())) : Optional.empty();
    }

    /** This set and one more, or the same key with another weight. */
    public ValidatorSet with(Validator added) {
        List<Validator> next = new ArrayList<>(without(added.key()).validators());
        next.add(added);
        return of(next);
    }

    /** This set but for the validator with this key. */
    public ValidatorSet without(PublicKey key) {
        return new ValidatorSet(validators.stream()
                .filter(validator -> !validator.key().equals(key))
                .toList());
    }

    /** All weights together. */
    public long totalWeight() {
        return totalWeight;
    }

    /** So much weight may lie without harm: the most that is below a third of all. */
    public long faultyWeight() {
        return Math.max(0, totalWeight - 1) / 3;
    }

    /**
     * What suffices to decide: any two sets of validators with so much weight have more than {@link #faultyWeight} in
     * common, and those who do not lie have so much together. ⌈(W + f + 1) / 2⌉ of the total W, which is 2f + 1 of 3f + 1.
     */
    public long quorumWeight() {
        return totalWeight - (totalWeight - faultyWeight() - 1) / 2;
    }

    /** RFC 6962 root over the encoded validators in order; zero of nobody. */
    public Hash root() {
        return root;
    }

    /** Appends the canonical encoding: u16 count, then each validator's key and u64 weight. */
    public void encode(Encoder out) {
        out.u16(validators.size());
        validators.forEach(validator -> out.raw(encodeOne(validator)));
    }

    /**
     * Reads a set. The keys are canonical; whether they are points of prime order, the first verification under each
     * finds out.
     */
    public static ValidatorSet decode(Decoder in) throws RejectedException {
        int count = in.u16();
        if (count > MAX_SIZE || (long) count * ENCODED_VALIDATOR > in.remaining()) {
            throw in.malformed("a set of " + count + " validators");
        }
        List<Validator> validators = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] key = in.raw(PublicKey.LENGTH);
            long weight = in.u63();
            try {
                validators.add(new Validator(PublicKey.of(key), weight));
            } catch (IllegalArgumentException e) {
                throw in.malformed("a validator that cannot be: " + e.getMessage());
            }
            if (i > 0 && validators.get(i - 1).key().compareTo(validators.get(i).key()) >= 0) {
                throw in.malformed("validators out of order");
            }
        }
        try {
            return new ValidatorSet(validators);
        } catch (ArithmeticException e) {
            throw in.malformed("validators whose weights together exceed 63 bits");
        }
    }

    private static byte[] encodeOne(Validator validator) {
        return new Encoder(ENCODED_VALIDATOR)
                .raw(validator.key().bytes())
                .u64(validator.weight())
                .toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValidatorSet that && validators.equals(that.validators);
    }

    @Override
    public int hashCode() {
        return validators.hashCode();
    }

    @Override
    public String toString() {
        return validators.toString();
    }
}
