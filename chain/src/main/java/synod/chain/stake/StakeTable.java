package synod.chain.stake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * The state's records about stake, read as what they are:
 *
 * <ul>
 *   <li>{@code k} key: a validator, {@link StakeRecord}
 *   <li>{@code b}: the keys of all who have stake bonded and are not jailed, ascending
 *   <li>{@code u} epoch: the keys of those who get stake back when that epoch begins, ascending
 *   <li>{@code e}: number and nonce of the epoch
 *   <li>{@code p} 0 and {@code p} 1: the active snapshot and the next one
 *   <li>{@code n}: {@link NonceState}
 *   <li>{@code x}: all coins that were destroyed
 * </ul>
 */
public final class StakeTable {
    /** The kind byte of validators' records. */
    public static final char VALIDATOR = 'k';

    /** All coins that were ever destroyed. */
    public static final StateKey BURNED = StateKey.of('x');

    static final StateKey BONDED = StateKey.of('b');
    static final StateKey EPOCH = StateKey.of('e');
    static final StateKey NONCES = StateKey.of('n');
    static final StateKey ACTIVE = StateKey.of(new byte[] {'p', 0});
    static final StateKey NEXT = StateKey.of(new byte[] {'p', 1});

    /** So many can get stake back in one epoch: their keys fit into a record. */
    static final int MAX_RELEASES = 500;

    private final StakeReader records;

    /** The records that this reads. */
    public StakeTable(StakeReader records) {
        this.records = records;
    }

    /** The key of a validator's record. */
    public static StateKey validatorKey(PublicKey key) {
        return StateKey.of(VALIDATOR, Hash.of(key.bytes()));
    }

    /** The key of the list of those who get stake back when an epoch begins; big-endian. */
    static StateKey releases(long epoch) {
        return StateKey.of(ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) 'u')
                .putLong(epoch)
                .array());
    }

    /** A validator's record. */
    public Optional<StakeRecord> validator(PublicKey key) {
        return records.read(validatorKey(key), "a validator", StakeRecord::decode);
    }

    /** Who would be in a snapshot taken now. */
    public List<PublicKey> bonded() {
        return keys(BONDED, "the list of validators");
    }

    /** Who gets stake back when this epoch begins. */
    List<PublicKey> releasedIn(long epoch) {
        return keys(releases(epoch), "a list of unbonding validators");
    }

    private List<PublicKey> keys(StateKey key, String what) {
        return records.read(key, what, StakeTable::decodeKeys).orElse(List.of());
    }

    /** All coins that were ever destroyed. */
    public Amount burned() {
        return records.read(BURNED, "the destroyed coins", StakeTable::decodeAmount)
                .orElse(Amount.ZERO);
    }

    /** What the next nonces are made of. */
    public NonceState nonces() {
        return required(NONCES, "the nonces", NonceState::decode);
    }

    /** The epoch of the last block. */
    public EpochState epoch() {
        return required(EPOCH, "the epoch", bytes -> {
            Decoder in = new Decoder(bytes);
            EpochState epoch = new EpochState(in.u63(), in.hash(), snapshot(ACTIVE), snapshot(NEXT));
            in.finish();
            return epoch;
        });
    }

    private StakeSnapshot snapshot(StateKey key) {
        return required(key, "a snapshot of the stake", bytes -> {
            Decoder in = new Decoder(bytes);
            StakeSnapshot snapshot = StakeSnapshot.decode(in);
            in.finish();
            return snapshot;
        });
    }

    private <T> T required(StateKey key, String what, StakeReader.Decoding<T> decoding) {
        return records.read(key, what, decoding)
                .orElseThrow(() -> new IllegalStateException("the state has no record of " + what));
    }

    /** Whether a change of this record may change {@link #staked}. */
    public static boolean isStaked(StateKey key) {
        return key.kind() == VALIDATOR || key.equals(BONDED);
    }

    /** The stake as it is now; empty if nobody has any. */
    public Optional<StakeSnapshot> staked() {
        List<Staker> stakers = new ArrayList<>();
        for (PublicKey key : bonded()) {
            StakeRecord record = listed(key);
            stakers.add(new Staker(key, record.vrfKey(), record.bonded()));
        }
        return stakers.isEmpty() ? Optional.empty() : Optional.of(StakeSnapshot.of(stakers));
    }

    /** The record of one whom a list names. */
    StakeRecord listed(PublicKey key) {
        return validator(key)
                .orElseThrow(() -> new IllegalStateException("the listed validator " + key + " has no record"));
    }

    static byte[] encodeAmount(Amount amount) {
        return new Encoder(Long.BYTES).u64(amount.units()).toBytes();
    }

    private static Amount decodeAmount(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        Amount amount = new Amount(in.u63());
        in.finish();
        return amount;
    }

    static byte[] encodeEpoch(EpochState epoch) {
        return new Encoder(Long.BYTES + Hash.LENGTH)
                .u64(epoch.number())
                .hash(epoch.nonce())
                .toBytes();
    }

    static byte[] encodeKeys(List<PublicKey> keys) {
        Encoder out = new Encoder(2 + keys.size() * PublicKey.LENGTH).u16(keys.size());
        keys.forEach(key -> out.raw(key.bytes()));
        return out.toBytes();
    }

    private static List<PublicKey> decodeKeys(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        int count = in.u16();
        List<PublicKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = in.raw(PublicKey.LENGTH);
            try {
                keys.add(PublicKey.of(key));
            } catch (IllegalArgumentException e) {
                throw in.malformed("a key that cannot be");
            }
        }
        in.finish();
        return keys;
    }
}
