package synod.chain.stake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * Who has how much stake in one epoch: at least one validator and at most {@link ValidatorSet#MAX_SIZE}, in the order of
 * their keys. Immutable.
 */
public final class StakeSnapshot {
    private static final int ENCODED_STAKER = 2 * PublicKey.LENGTH + Long.BYTES;

    private final List<Staker> stakers;
    private final ValidatorSet validators;
    private final Map<Address, Staker> byAddress = new TreeMap<>();

    private StakeSnapshot(List<Staker> inOrder) {
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("a snapshot without validators");
        }
        this.stakers = List.copyOf(inOrder);
        this.validators = ValidatorSet.of(stakers.stream()
                .map(staker -> new Validator(staker.key(), staker.stake().units()))
                .toList());
        stakers.forEach(staker -> byAddress.put(staker.address(), staker));
    }

    /**
     * A snapshot of these, in any order.
     *
     * @throws IllegalArgumentException if there is none, there are too many, one is there twice, or together they have
     *     more than an amount holds
     */
    public static StakeSnapshot of(List<Staker> stakers) {
        List<Staker> inOrder = new ArrayList<>(stakers);
        inOrder.sort(Comparator.comparing(Staker::key));
        return new StakeSnapshot(inOrder);
    }

    /** All, in the order of their keys. */
    public List<Staker> stakers() {
        return stakers;
    }

    /** The same with stake as weight: who votes. Its root is what headers name. */
    public ValidatorSet validators() {
        return validators;
    }

    /** All stake together. */
    public Amount total() {
        return new Amount(validators.totalWeight());
    }

    /** The validator whose key has this address. */
    public Optional<Staker> find(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** The validator with this key. */
    public Optional<Staker> find(PublicKey key) {
        return find(Address.of(key));
    }

    /** Appends a u16 count, then each one's key, VRF key and u63 stake. */
    public void encode(Encoder out) {
        out.u16(stakers.size());
        for (Staker staker : stakers) {
            out.raw(staker.key().bytes())
                    .raw(staker.vrfKey().bytes())
                    .u64(staker.stake().units());
        }
    }

    /** The encoding alone. */
    public byte[] encode() {
        Encoder out = new Encoder(2 + stakers.size() * ENCODED_STAKER);
        encode(out);
        return out.toBytes();
    }

    /** Reads a snapshot. The keys are canonical; whether they are of prime order is not asked. */
    public static StakeSnapshot decode(Decoder in) throws RejectedException {
        int count = in.u16();
        if (count == 0 || count > ValidatorSet.MAX_SIZE || (long) count * ENCODED_STAKER > in.remaining()) {
            throw in.malformed("a snapshot of " + count + " validators");
        }
        List<Staker> stakers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] key = in.raw(PublicKey.LENGTH);
            byte[] vrfKey = in.raw(PublicKey.LENGTH);
            long stake = in.u63();
            try {
                stakers.add(new Staker(PublicKey.of(key), PublicKey.of(vrfKey), new Amount(stake)));
            } catch (IllegalArgumentException e) {
                throw in.malformed("a validator that cannot be: " + e.getMessage());
            }
            if (i > 0 && stakers.get(i - 1).key().compareTo(stakers.get(i).key()) >= 0) {
                throw in.malformed("validators out of order");
            }
        }
        try {
            return new StakeSnapshot(stakers);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a snapshot that cannot be: " + e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StakeSnapshot that && stakers.equals(that.stakers);
    }

    @Override
    public int hashCode() {
        return stakers.hashCode();
    }

    @Override
    public String toString() {
        return stakers.toString();
    }
}
