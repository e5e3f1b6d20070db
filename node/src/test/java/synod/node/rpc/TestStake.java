package synod.node.rpc;

import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.stake.EpochState;
import synod.chain.stake.EpochsAhead;
import synod.chain.stake.NonceState;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.SigningKey;

/**
 * Stake that is simply told: Carol has two thirds in this epoch, is jailed and leaves the next; Bob has the rest, and takes
 * some of it out.
 */
final class TestStake implements StakeView {
    private static final Ratio HALF = new Ratio(1, 2);

    @Override
    public StakeRules rules() {
        return new StakeRules(new SlotClock(5_000, 1_000, 10), HALF, 3, HALF, HALF, new Amount(1));
    }

    @Override
    public long slot() {
        return 12;
    }

    @Override
    public EpochState epoch() {
        return new EpochState(
                1,
                Hash.of(TestChain.filled(9)),
                StakeSnapshot.of(List.of(staker(TestChain.CAROL, 20), staker(TestChain.BOB, 10))),
                StakeSnapshot.of(List.of(staker(TestChain.BOB, 10))));
    }

    private static Staker staker(SigningKey key, long coins) {
        return new Staker(key.publicKey(), TestChain.ALICE.publicKey(), Amount.ofCoins(coins));
    }

    @Override
    public EpochsAhead ahead() {
        return new EpochsAhead(epoch(), NonceState.initial(Hash.ZERO), Optional.of(epoch().next()));
    }

    @Override
    public Optional<StakeRecord> validator(PublicKey key) {
        PublicKey vrfKey = TestChain.ALICE.publicKey();
        if (key.equals(TestChain.CAROL.publicKey())) {
            return Optional.of(new StakeRecord(vrfKey, Amount.ofCoins(10), List.of(), true));
        }
        List<StakeRecord.Unbonding> parts = List.of(new StakeRecord.Unbonding(4, Amount.ofCoins(3)));
        return key.equals(TestChain.BOB.publicKey())
                ? Optional.of(new StakeRecord(vrfKey, Amount.ofCoins(7), parts, false))
                : Optional.empty();
    }

    @Override
    public List<PublicKey> bonded() {
        return List.of(TestChain.BOB.publicKey());
    }
}
