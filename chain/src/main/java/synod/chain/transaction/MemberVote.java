package synod.chain.transaction;

import java.util.Arrays;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * A member's vote to take a key into the member set or to put a member out of it. Only a transaction that the member's
 * own key signed counts.
 *
 * <p>Each member has at most one vote standing, the latest, so all votes together are no more than the members. A vote
 * for what is already so does nothing but take the member's standing vote back: that is how a vote is withdrawn, and why
 * one that comes too late does no harm. What votes bring about, the ledger does at the end of the block.
 *
 * @param change in or out
 * @param key whose membership it is about
 */
public record MemberVote(Change change, PublicKey key) implements Payload {
    static final int KIND = 3;

    private static final char RECORD = 'v';

    /** What is to become of the key. */
    public enum Change {
        /** Make it a member. */
        ADD(1),
        /** Make it one no longer. */
        REMOVE(2);

        private final int code;

        Change(int code) {
            this.code = code;
        }

        /** The byte in encodings. */
        int code() {
            return code;
        }

        static Change decode(int code, Decoder in) throws RejectedException {
            return switch (code) {
                case 1 -> ADD;
                case 2 -> REMOVE;
                default -> throw in.malformed("a change of members of unknown kind " + code);
            };
        }
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(Encoder out) {
        out.u8(change.code()).raw(key.bytes());
    }

    /** Nothing but the fee. */
    @Override
    public Amount cost() {
        return Amount.ZERO;
    }

    /**
     * Refuses a key under which no signature is valid, for such a member could never vote, and every vote where stake
     * decides.
     */
    @Override
    public void check(LedgerRules rules) throws RejectedException {
        if (rules.stake().isPresent()) {
            throw new RejectedException(
                    Reason.BAD_CONTENT, "on this network stake decides, which bonding changes and no vote");
        }
        try {
            key.requirePrimeOrder();
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Reason.BAD_CONTENT, "a vote about a key that cannot sign: " + e.getMessage());
        }
    }

    /** Puts the vote in the place of the member's last one. */
    @Override
    public void apply(StateAccess state) throws RejectedException {
        ValidatorSet members = state.validators();
        Validator voter = checkAmong(members, state.senderKey());
        MemberRecord record =
                new MemberRecord(voter.weight(), isAlreadySo(members) ? Optional.empty() : Optional.of(this));
        state.put(stateKey(voter.key()), record.encode());
    }

    /**
     * Refuses a vote that has no place among these members.
     *
     * @return the voter
     * @throws RejectedException {@code NOT_A_MEMBER} or {@code BAD_VOTE}
     */
    private Validator checkAmong(ValidatorSet members, PublicKey sender) throws RejectedException {
        Validator voter = members.find(sender)
                .orElseThrow(() -> new RejectedException(
                        Reason.NOT_A_MEMBER, "the vote is signed by " + sender + ", which is no member"));
        boolean alreadySo = isAlreadySo(members);
        if (!alreadySo && change == Change.REMOVE && members.size() == 1) {
            throw new RejectedException(Reason.BAD_VOTE, "the last member cannot be voted out");
        }
        if (!alreadySo && change == Change.ADD && members.size() == ValidatorSet.MAX_SIZE) {
            throw new RejectedException(
                    Reason.BAD_VOTE, "there are " + members.size() + " members, as many as there may be");
        }
        return voter;
    }

    private boolean isAlreadySo(ValidatorSet members) {
        return members.contains(key) == (change == Change.ADD);
    }

    /** The key of a member's record. */
    public static StateKey stateKey(PublicKey member) {
        return StateKey.of(RECORD, Hash.of(member.bytes()));
    }

    /** Whether a key of the state is a member's record's. */
    public static boolean isStateKey(StateKey key) {
        return key.kind() == RECORD;
    }

    /** The member whose record stands under this key of the state. */
    public static PublicKey member(StateKey key) {
        byte[] bytes = key.bytes();
        return PublicKey.of(Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    /** All members' records: the kind byte with which their keys begin. */
    public static byte[] statePrefix() {
        return new byte[] {RECORD};
    }

    static MemberVote decode(Decoder in) throws RejectedException {
        return new MemberVote(Change.decode(in.u8(), in), decodeKey(in));
    }

    static PublicKey decodeKey(Decoder in) throws RejectedException {
        byte[] key = in.raw(PublicKey.LENGTH);
        try {
            return PublicKey.of(key);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a member's key that is no canonical Ed25519 point of prime order");
        }
    }
}
