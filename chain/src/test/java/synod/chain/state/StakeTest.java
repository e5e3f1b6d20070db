package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.codec.ByteString;
import synod.chain.stake.EpochState;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Unbond;
import synod.crypto.PublicKey;

/** Bonding, unbonding, and what evidence does. An epoch has nine slots here. */
class StakeTest {
    private final StakeFixture network = new StakeFixture(6, 3);
    private final Ledger ledger = network.open();

    private StakeView stake() {
        return ledger.stake().orElseThrow();
    }

    private StakeRecord record(int account) {
        return stake().validator(network.key(account)).orElseThrow();
    }

    private Amount balance(int account) {
        return ledger.account(network.address(account)).balance();
    }

    private static Optional<Amount> in(StakeSnapshot snapshot, PublicKey key) {
        return snapshot.find(key).map(Staker::stake);
    }

    private void assertRefused(int account, Payload payload, Reason reason, String detail) {
        long slot = stake().slot() + 1;
        List<BlockDraft.Skipped> skipped = network.skipped(ledger, 0, slot, network.sign(ledger, account, payload));
        assertThat(skipped).hasSize(1);
        assertThat(skipped.getFirst().rejection().reason()).isEqualTo(reason);
        assertThat(skipped.getFirst().rejection().detail()).contains(detail);
    }

    @Test
    void beginsWithTheStakeOfGenesis() {
        EpochState epoch = stake().epoch();
        assertThat(epoch.number()).isZero();
        assertThat(epoch.active().total()).isEqualTo(Amount.ofCoins(300));
        assertThat(epoch.next()).isEqualTo(epoch.active());
        assertThat(ledger.validators()).isEqualTo(epoch.next().validators());
        assertThat(ledger.supply()).isEqualTo(Amount.ofCoins(6_300));
        assertThat(stake().bonded()).hasSize(3);
        ledger.audit().require();
    }

    @Test
    void aBondCountsInTheEpochAfterTheNext() {
        network.push(ledger, 0, 1, network.bond(ledger, 4, Amount.ofCoins(40)));
        assertThat(record(4).bonded()).isEqualTo(Amount.ofCoins(40));
        assertThat(balance(4)).isEqualTo(Amount.ofCoins(960).minus(StakeFixture.FEE));
        assertThat(in(stake().epoch().next(), network.key(4))).isEmpty();

        network.push(ledger, 0, 9);
        assertThat(in(stake().epoch().active(), network.key(4))).isEmpty();
        assertThat(in(stake().epoch().next(), network.key(4))).contains(Amount.ofCoins(40));
        assertThat(ledger.validators()).isEqualTo(stake().epoch().next().validators());

        network.push(ledger, 4, 18);
        assertThat(in(stake().epoch().active(), network.key(4))).contains(Amount.ofCoins(40));
    }

    @Test
    void stakeMovedWithinAnEpochChangesNothingAboutThatEpochAndTheNext() {
        network.push(ledger, 0, 9);
        EpochState before = stake().epoch();
        network.push(
                ledger,
                1,
                10,
                network.bond(ledger, 4, Amount.ofCoins(500)),
                network.unbond(ledger, 2, StakeFixture.STAKE));
        assertThat(stake().epoch()).isEqualTo(before);
        assertThat(stake().epoch(2).active()).isEqualTo(before.next());
    }

    @Test
    void aLaterBondAddsAndMayChangeTheVrfKeyFromTheNextSnapshotOn() {
        PublicKey other = network.vrfKey(5);
        network.push(ledger, 0, 1, network.sign(ledger, 1, new Bond(Amount.ofCoins(5), other)));
        assertThat(record(1).bonded()).isEqualTo(Amount.ofCoins(105));
        assertThat(stake().epoch().next().find(network.key(1)).orElseThrow().vrfKey())
                .isEqualTo(network.vrfKey(1));
        network.push(ledger, 0, 9);
        assertThat(stake().epoch().active().find(network.key(1)).orElseThrow().vrfKey())
                .isEqualTo(network.vrfKey(1));
        assertThat(stake().epoch().next().find(network.key(1)).orElseThrow().vrfKey())
                .isEqualTo(other);
    }

    @Test
    void refusesBondsThatTheRulesDoNotAllow() {
        assertRefused(4, new Bond(Amount.ofCoins(9), network.vrfKey(4)), Reason.BAD_STAKE, "at least 10");
        assertRefused(4, new Bond(Amount.ZERO, network.vrfKey(4)), Reason.BAD_CONTENT, "nothing");
        assertRefused(4, new Bond(Amount.ofCoins(1_001), network.vrfKey(4)), Reason.INSUFFICIENT_BALANCE, "1001");
        byte[] bytes = network.vrfKey(4).bytes();
        bytes[0] ^= 1;
        PublicKey none = PublicKey.of(bytes);
        assertRefused(4, new Bond(Amount.ofCoins(10), none), Reason.BAD_CONTENT, "VRF key");
    }

    @Test
    void stakeComesFreeWhenTheDelayIsOver() {
        network.push(ledger, 0, 1, network.unbond(ledger, 2, Amount.ofCoins(60)));
        Amount spendable = balance(2);
        assertThat(record(2).bonded()).isEqualTo(Amount.ofCoins(40));
        assertThat(record(2).unbonding()).containsExactly(new StakeRecord.Unbonding(3, Amount.ofCoins(60)));

        network.push(ledger, 0, 9);
        assertThat(in(stake().epoch().active(), network.key(2))).contains(StakeFixture.STAKE);
        assertThat(in(stake().epoch().next(), network.key(2))).contains(Amount.ofCoins(40));
        network.push(ledger, 0, 26);
        assertThat(balance(2)).isEqualTo(spendable);
        network.push(ledger, 0, 27);
        assertThat(balance(2)).isEqualTo(spendable.plus(Amount.ofCoins(60)));
        assertThat(record(2).unbonding()).isEmpty();
    }

    @Test
    void skippedEpochsHoldNothingBack() {
        network.push(
                ledger,
                0,
                1,
                network.unbond(ledger, 1, StakeFixture.STAKE),
                network.unbond(ledger, 2, Amount.ofCoins(60)));
        network.push(ledger, 0, 10, network.unbond(ledger, 2, Amount.ofCoins(30)));
        Amount one = balance(1);
        Amount two = balance(2);
        network.push(ledger, 0, 9_000_000_000L);
        assertThat(balance(1)).isEqualTo(one.plus(StakeFixture.STAKE));
        assertThat(balance(2)).isEqualTo(two.plus(Amount.ofCoins(90)));
        assertThat(stake().epoch().number()).isEqualTo(1_000_000_000L);
        assertThat(stake().validator(network.key(1))).isEmpty();
    }

    @Test
    void unbondingsOfOneEpochAreOnePart() {
        network.push(
                ledger,
                0,
                1,
                network.sign(2, 0, new Unbond(Amount.ofCoins(10))),
                network.sign(2, 1, new Unbond(Amount.ofCoins(20))));
        assertThat(record(2).unbonding()).containsExactly(new StakeRecord.Unbonding(3, Amount.ofCoins(30)));
    }

    @Test
    void refusesUnbondingsThatTheRulesDoNotAllow() {
        assertRefused(4, new Unbond(Amount.ofCoins(1)), Reason.BAD_STAKE, "has no stake");
        assertRefused(2, new Unbond(Amount.ofCoins(101)), Reason.BAD_STAKE, "has 100 bonded");
        assertRefused(2, new Unbond(Amount.ofCoins(91)), Reason.BAD_STAKE, "9 would stay");
        assertRefused(2, new Unbond(Amount.ZERO), Reason.BAD_CONTENT, "nothing");
    }

    @Test
    void aValidatorHasAtMostSoManyParts() {
        // three epochs' worth can be under way at once here, so the bound is reached by longer rules only
        StakeRecord full = new StakeRecord(
                network.vrfKey(0),
                Amount.ZERO,
                IntStream.range(0, StakeRecord.MAX_PARTS)
                        .mapToObj(i -> new StakeRecord.Unbonding(i, new Amount(1)))
                        .toList(),
                false);
        assertThat(full.total()).isEqualTo(new Amount(StakeRecord.MAX_PARTS));
        assertThat(full.encode().length).isLessThan(StateProof.MAX_VALUE_BYTES);
    }

    @Test
    void evidenceCostsAQuarterOfWhichTheReporterGetsAFifth() {
        network.push(ledger, 0, 1, network.unbond(ledger, 2, Amount.ofCoins(60)));
        Amount reporter = balance(5);
        Amount supply = ledger.supply();
        network.push(ledger, 0, 2, network.report(ledger, 5, 2));

        // of 40 bonded and 60 unbonding a quarter each: 25, of which 5 to the reporter
        assertThat(record(2).jailed()).isTrue();
        assertThat(record(2).bonded()).isEqualTo(Amount.ofCoins(30));
        assertThat(record(2).unbonding()).containsExactly(new StakeRecord.Unbonding(3, Amount.ofCoins(45)));
        assertThat(balance(5)).isEqualTo(reporter.plus(Amount.ofCoins(5)).minus(StakeFixture.FEE));
        assertThat(ledger.burned()).isEqualTo(Amount.ofCoins(20));
        assertThat(ledger.supply()).isEqualTo(supply.plus(Amount.ofCoins(50)).minus(Amount.ofCoins(20)));
    }

    @Test
    void aJailedValidatorIsInNoSnapshotAndNeverBondsAgainButGetsTheRestBack() {
        network.push(ledger, 0, 1, network.report(ledger, 5, 2));
        assertThat(stake().bonded()).doesNotContain(network.key(2));
        network.push(ledger, 0, 9);
        assertThat(in(stake().epoch().next(), network.key(2))).isEmpty();
        assertRefused(2, new Bond(Amount.ofCoins(50), network.vrfKey(2)), Reason.BAD_STAKE, "jailed");

        network.push(ledger, 0, 10, network.unbond(ledger, 2, Amount.ofCoins(70)));
        network.push(ledger, 0, 11, network.unbond(ledger, 2, Amount.ofCoins(5)));
        Amount spendable = balance(2);
        network.push(ledger, 0, 36);
        assertThat(balance(2)).isEqualTo(spendable.plus(Amount.ofCoins(75)));
        assertThat(record(2).total()).isEqualTo(Amount.ZERO);
        assertRefused(2, new Bond(Amount.ofCoins(50), network.vrfKey(2)), Reason.BAD_STAKE, "jailed");
    }

    @Test
    void evidenceCountsOnce() {
        network.push(ledger, 0, 1, network.report(ledger, 5, 2));
        assertRefused(4, new EvidenceReport(network.twoBlocks(2, 4)), Reason.BAD_EVIDENCE, "jailed already");
        assertRefused(4, new EvidenceReport(network.twoBlocks(2, 5)), Reason.BAD_EVIDENCE, "jailed already");
        Transaction again = network.sign(4, 0, new EvidenceReport(network.twoBlocks(1, 4)));
        Transaction twice = network.sign(5, 1, new EvidenceReport(network.twoBlocks(1, 4)));
        assertThat(network.skipped(ledger, 0, 2, again, twice))
                .extracting(BlockDraft.Skipped::transaction)
                .containsExactly(twice);
    }

    @Test
    void evidenceAgainstWhoHasNothingAtStakeIsRefused() {
        assertRefused(5, new EvidenceReport(network.twoBlocks(4, 4)), Reason.BAD_EVIDENCE, "has no stake");
    }

    @Test
    void whoLeftCanBeSlashedUntilTheCoinsAreFree() {
        network.push(ledger, 0, 1, network.unbond(ledger, 2, StakeFixture.STAKE));
        network.push(ledger, 0, 26, network.report(ledger, 5, 2));
        assertThat(record(2).unbonding()).containsExactly(new StakeRecord.Unbonding(3, Amount.ofCoins(75)));
        network.push(ledger, 0, 27);
        assertThat(balance(2)).isEqualTo(Amount.ofCoins(1_075).minus(StakeFixture.FEE));
    }

    @Test
    void aSnapshotWithoutValidatorsKeepsTheOneBefore() {
        StakeSnapshot before = stake().epoch().next();
        network.push(
                ledger,
                0,
                1,
                IntStream.range(0, 3)
                        .mapToObj(i -> network.unbond(ledger, i, StakeFixture.STAKE))
                        .toArray(Transaction[]::new));
        for (long slot = 9; slot < 100; slot += 9) {
            network.push(ledger, 1, slot);
            assertThat(stake().epoch().active()).isEqualTo(before);
            assertThat(stake().epoch().next()).isEqualTo(before);
        }
        network.push(ledger, 1, 100, network.bond(ledger, 5, Amount.ofCoins(10)));
        network.push(ledger, 1, 108);
        assertThat(in(stake().epoch().next(), network.key(5))).contains(Amount.ofCoins(10));
        assertThat(stake().epoch().next().stakers()).hasSize(1);
    }

    @Test
    void whereThereAreAsManyAsThereMayBeMoreStakeTakesThePlaceOfTheLeast() {
        StakeFixture full = new StakeFixture(130, 128);
        Ledger crowded = full.open();
        StakeView view = crowded.stake().orElseThrow();
        full.push(crowded, 0, 1, full.bond(crowded, 7, new Amount(1)));
        assertThat(full.skipped(crowded, 0, 2, full.bond(crowded, 128, StakeFixture.STAKE)))
                .extracting(skipped -> skipped.rejection().reason())
                .containsExactly(Reason.BAD_STAKE);

        PublicKey least = IntStream.range(0, 128)
                .filter(i -> i != 7)
                .mapToObj(full::key)
                .min(PublicKey::compareTo)
                .orElseThrow();
        full.push(crowded, 0, 2, full.bond(crowded, 128, StakeFixture.STAKE.plus(new Amount(1))));
        assertThat(view.bonded()).hasSize(128).contains(full.key(128)).doesNotContain(least);
        StakeRecord displaced = view.validator(least).orElseThrow();
        assertThat(displaced.bonded()).isEqualTo(Amount.ZERO);
        assertThat(displaced.unbonding()).containsExactly(new StakeRecord.Unbonding(3, StakeFixture.STAKE));
        full.push(crowded, 0, 9);
        assertThat(view.epoch().next().stakers()).hasSize(128);
    }

    @Test
    void provesWhatAKeyHasAtStakeAndThatAnotherHasNothing() {
        network.push(ledger, 0, 1, network.bond(ledger, 1, Amount.ofCoins(5)));
        StateProof has = ledger.proveStake(network.key(1));
        assertThat(has.holdsFor(ledger.stateRoot())).isTrue();
        assertThat(has.value().map(ByteString::bytes))
                .hasValueSatisfying(
                        bytes -> assertThat(bytes).isEqualTo(record(1).encode()));
        StateProof hasNot = ledger.proveStake(network.key(5));
        assertThat(hasNot.holdsFor(ledger.stateRoot())).isTrue();
        assertThat(hasNot.value()).isEmpty();
    }

    @Test
    void votesAboutMembersAreRefusedWhereStakeDecides() {
        assertRefused(1, new MemberVote(MemberVote.Change.ADD, network.key(5)), Reason.BAD_CONTENT, "stake decides");
    }

    @Test
    void allAboutStakeIsRefusedWhereThereIsNone() {
        LedgerFixture other = new LedgerFixture(LedgerFixture.RULES, 2);
        Ledger without = other.open(new MemoryKeyValueStore());
        for (Payload payload : new Payload[] {
            new Bond(Amount.ofCoins(50), network.vrfKey(0)),
            new Unbond(Amount.ofCoins(50)),
            new EvidenceReport(network.twoBlocks(0, 1))
        }) {
            Transaction transaction = other.sign(0, 0, LedgerFixture.FEE, payload);
            assertThat(without.draft(other.template(without, other.address(1)), List.of(transaction), 1)
                            .skipped())
                    .extracting(skipped -> skipped.rejection().reason())
                    .containsExactly(Reason.BAD_CONTENT);
        }
        assertThat(without.stake()).isEmpty();
    }

    @Test
    void refusesToOpenWithOtherRulesThanTheStakeAtFirstHas() {
        LedgerRules none = new LedgerRules(1 << 20, 2, Amount.ZERO, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ledger.open(new MemoryKeyValueStore(), none, network.allocation, network.genesis))
                .withMessageContaining("rules about stake");
    }
}
