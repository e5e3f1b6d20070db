package synod.chain.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import synod.chain.StateKey;
import synod.chain.store.Cursor;
import synod.chain.store.KeyRange;
import synod.chain.store.KeyValueReader;
import synod.chain.transaction.MemberRecord;
import synod.chain.transaction.MemberVote;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.crypto.PublicKey;

/** The validator set as the state's records say it, and what the members' votes make of it. */
final class Members {
    /** Of a key that votes take in. Where weights differ they are no matter of votes. */
    private static final long NEW_WEIGHT = 1;

    private Members() {}

    /** The set whose records the store holds. */
    static ValidatorSet stored(KeyValueReader store) {
        List<Validator> validators = new ArrayList<>();
        try (Cursor cursor = store.scan(KeyRange.prefix(Rows.members()))) {
            while (cursor.next()) {
                validators.add(validator(Rows.recordKey(cursor.key()), cursor.value()));
            }
        }
        return set(validators);
    }

    private static ValidatorSet set(List<Validator> validators) {
        try {
            return ValidatorSet.of(validators);
        } catch (IllegalArgumentException e) {
            throw Stored.damaged("the members' records make no validator set (" + e.getMessage() + ")");
        }
    }

    private static Validator validator(StateKey key, byte[] record) {
        return new Validator(MemberVote.member(key), decode(record).weight());
    }

    private static MemberRecord decode(byte[] record) {
        return Stored.read(record, "a member", MemberRecord::decode);
    }

    /** The set as it was before records got the values that they had at present. */
    static ValidatorSet before(ValidatorSet present, List<UndoRecord.Previous> records) {
        ValidatorSet before = present;
        for (UndoRecord.Previous record : records) {
            if (MemberVote.isStateKey(record.key())) {
                before = record.value().isPresent()
                        ? before.with(validator(record.key(), record.value().get()))
                        : before.without(MemberVote.member(record.key()));
            }
        }
        return before;
    }

    /** The records of a set in which nobody has voted. */
    static List<RecordChange> created(ValidatorSet validators) {
        return validators.validators().stream()
                .map(validator -> new RecordChange(
                        MemberVote.stateKey(validator.key()),
                        Optional.empty(),
                        Optional.of(MemberRecord.of(validator.weight()).encode())))
                .toList();
    }

    /**
     * Ends a block: carries out the change for which a quorum of those who decided the block stands. As each has one vote
     * and a quorum is more than half, there is at most one.
     *
     * <p>A quorum, the same as decides blocks, and not just more than half: of any quorum those who do not lie are more
     * than half, so liars alone, or with a few who were misled, change nothing; and as many as may fail cannot prevent a
     * change, such as the one that puts them out.
     *
     * @return who decides the next block
     */
    static ValidatorSet settle(ValidatorSet members, WorkingSet state) {
        SequencedMap<MemberVote, Long> weights = new LinkedHashMap<>();
        for (Validator member : members.validators()) {
            record(state, member.key()).vote().ifPresent(vote -> weights.merge(vote, member.weight(), Math::addExact));
        }
        for (Map.Entry<MemberVote, Long> vote : weights.entrySet()) {
            if (vote.getValue() >= members.quorumWeight()) {
                return carryOut(vote.getKey(), members, state);
            }
        }
        return members;
    }

    private static MemberRecord record(WorkingSet state, PublicKey member) {
        return decode(state.record(MemberVote.stateKey(member))
                .orElseThrow(() -> new IllegalStateException("the member " + member + " has no record")));
    }

    private static ValidatorSet carryOut(MemberVote vote, ValidatorSet members, WorkingSet state) {
        StateKey key = MemberVote.stateKey(vote.key());
        ValidatorSet after = switch (vote.change()) {
            case ADD -> {
                if (members.size() == ValidatorSet.MAX_SIZE) {
                    yield members;
                }
                state.setRecord(key, Optional.of(MemberRecord.of(NEW_WEIGHT).encode()));
                yield members.with(new Validator(vote.key(), NEW_WEIGHT));
            }
            case REMOVE -> {
                if (members.size() == 1) {
                    yield members;
                }
                state.setRecord(key, Optional.empty());
                yield members.without(vote.key());
            }
        };
        if (!after.equals(members)) {
            forgetVotesAbout(vote.key(), after, state);
        }
        return after;
    }

    private static void forgetVotesAbout(PublicKey key, ValidatorSet members, WorkingSet state) {
        for (Validator member : members.validators()) {
            if (record(state, member.key())
                    .vote()
                    .filter(vote -> vote.key().equals(key))
                    .isPresent()) {
                state.setRecord(
                        MemberVote.stateKey(member.key()),
                        Optional.of(MemberRecord.of(member.weight()).encode()));
            }
        }
    }
}
