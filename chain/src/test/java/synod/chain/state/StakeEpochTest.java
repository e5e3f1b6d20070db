package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.stake.EpochState;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeView;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Unbond;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Epochs, their nonces, and who may propose. An epoch has nine slots here, the first six of which feed the next nonce. */
class StakeEpochTest {
    private final StakeFixture network = new StakeFixture(6, 3);
    private final Ledger ledger = network.open();

    private StakeView stake() {
        return ledger.stake().orElseThrow();
    }

    private static Hash evolved(Hash nonce, long slot) {
        return Sha256.hash(
                "synod nonce evolution 1".getBytes(StandardCharsets.US_ASCII),
                nonce.bytes(),
                StakeFixture.output(slot).bytes());
    }

    private static Hash epochNonce(Hash candidate, long epoch) {
        return Sha256.hash(
                "synod epoch nonce 1".getBytes(StandardCharsets.US_ASCII),
                new Encoder(40).hash(candidate).u64(epoch).toBytes());
    }

    @Test
    void anEpochsNonceIsMadeOfTheFirstTwoThirdsOfTheEpochBefore() {
        Hash first = stake().epoch().nonce();
        network.push(ledger, 0, 1);
        network.push(ledger, 0, 5);
        network.push(ledger, 0, 6);
        network.push(ledger, 0, 9);
        Hash candidate = evolved(evolved(first, 1), 5);
        assertThat(stake().epoch().nonce()).isEqualTo(epochNonce(candidate, 1));

        // what was left out then counts for the epoch after
        network.push(ledger, 0, 18);
        Hash later = evolved(evolved(candidate, 6), 9);
        assertThat(stake().epoch().nonce()).isEqualTo(epochNonce(later, 2));
    }

    @Test
    void anEpochWhoseFirstTwoThirdsAreEmptyLeavesWhatWasBefore() {
        Hash first = stake().epoch().nonce();
        network.push(ledger, 0, 7);
        network.push(ledger, 0, 16);
        assertThat(stake().epoch().nonce()).isEqualTo(epochNonce(first, 1));
        network.push(ledger, 0, 18);
        assertThat(stake().epoch().nonce()).isEqualTo(epochNonce(evolved(first, 7), 2));
    }

    @Test
    void afterSkippedEpochsAllBlocksCount() {
        Hash first = stake().epoch().nonce();
        network.push(ledger, 0, 1);
        network.push(ledger, 0, 7);
        network.push(ledger, 0, 9 * 5);
        assertThat(stake().epoch().nonce()).isEqualTo(epochNonce(evolved(evolved(first, 1), 7), 5));
        assertThat(stake().epoch().number()).isEqualTo(5);
    }

    @Test
    void whomTheLastHeaderNamesDecidesInTheNextEpochWithBlocks() {
        Block before = network.push(ledger, 0, 1, network.bond(ledger, 4, Amount.ofCoins(50)));
        network.push(ledger, 0, 9 * 5);
        assertThat(stake().epoch().active().validators().root())
                .isEqualTo(before.header().core().validatorsRoot());
        assertThat(stake().epoch().next().find(network.key(4))).isPresent();
    }

    @Test
    void saysBeforehandWhatABlockOfALaterEpochWillFind() {
        network.push(ledger, 0, 1, network.bond(ledger, 4, Amount.ofCoins(50)));
        for (long epoch : new long[] {0, 1, 7}) {
            EpochState foreseen = stake().epoch(epoch);
            network.push(ledger, 0, Math.max(2, epoch * 9));
            assertThat(stake().epoch()).isEqualTo(foreseen);
            ledger.pop();
        }
        network.push(ledger, 0, 9);
        assertThatIllegalArgumentException().isThrownBy(() -> stake().epoch(0));
    }

    private void assertRefused(Block block, Reason reason, String detail) {
        Hash root = ledger.stateRoot();
        assertThatThrownBy(() -> ledger.push(block)).isInstanceOfSatisfying(RejectedException.class, e -> {
            assertThat(e.rejection().reason()).isEqualTo(reason);
            assertThat(e.rejection().detail()).contains(detail);
        });
        assertThat(ledger.stateRoot()).isEqualTo(root);
    }

    private Block drafted(int proposer, long slot, LeaderProof proof) {
        BlockTemplate template =
                new BlockTemplate(network.address(proposer), StakeFixture.CLOCK.startMillis(slot), 0, proof.encode());
        return ledger.draft(template, List.of(), 0).block();
    }

    @Test
    void refusesAProposerWithoutStakeInTheEpoch() {
        network.push(ledger, 0, 1, network.bond(ledger, 4, Amount.ofCoins(500)));
        assertRefused(network.draft(ledger, 4, 2), Reason.BAD_PROPOSER, "no stake in epoch 0");
        network.push(ledger, 0, 9);
        assertRefused(network.draft(ledger, 4, 10), Reason.BAD_PROPOSER, "no stake in epoch 1");
        network.push(ledger, 4, 18);
    }

    @Test
    void refusesAnotherEpochsNonce() {
        LeaderProof old = network.proof(ledger, 0, 8);
        assertRefused(drafted(0, 9, old), Reason.BAD_ENGINE_FIELD, "the proof is for the nonce");
    }

    @Test
    void refusesAnotherVrfKeyThanTheActiveSnapshots() {
        LeaderProof proof = network.proof(ledger, 1, 1);
        assertRefused(drafted(0, 1, proof), Reason.BAD_PROPOSER, "VRF key");
    }

    @Test
    void refusesAnOutputThatDrewNoLead() {
        LeaderProof won = network.proof(ledger, 0, 1);
        byte[] output = new byte[64];
        // a third of the stake with f = 1/2 leads up to 1 − 2^(−1/3) = 0.2063 = 0x34d0…
        output[0] = 0x34;
        output[1] = (byte) 0xcf;
        LeaderProof just =
                new LeaderProof(won.nonce(), won.vrfKey(), won.proof(), ByteString.of(output.clone()), Hash.ZERO);
        output[1] = (byte) 0xd1;
        LeaderProof notQuite =
                new LeaderProof(won.nonce(), won.vrfKey(), won.proof(), ByteString.of(output.clone()), Hash.ZERO);
        assertRefused(drafted(0, 1, notQuite), Reason.BAD_PROPOSER, "does not lead");
        Block good = drafted(0, 1, just);
        assertThat(good.header().core().proposer()).isEqualTo(network.address(0));
        pushed(good);
    }

    private void pushed(Block block) {
        try {
            ledger.push(block);
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesASlotThatIsNotAfterTheParents() {
        network.push(ledger, 0, 5);
        Block next = network.draft(ledger, 1, 6);
        HeaderCore core = next.header().core();
        Block early = LedgerFixture.with(
                next,
                new HeaderCore(
                        core.chainId(),
                        core.height(),
                        0,
                        StakeFixture.CLOCK.startMillis(5) + 999,
                        core.proposer(),
                        core.transactionsRoot(),
                        core.stateRoot(),
                        core.receiptsRoot(),
                        core.validatorsRoot(),
                        core.engineField()));
        assertRefused(early, Reason.TIME_TOO_EARLY, "slot 5");
        assertThatIllegalArgumentException().isThrownBy(() -> network.draft(ledger, 1, 5));
    }

    @Test
    void refusesAHeaderThatNamesAnotherSetThanTheNext() {
        Block next = network.draft(ledger, 1, 1);
        HeaderCore core = next.header().core();
        Block other = LedgerFixture.with(
                next,
                new HeaderCore(
                        core.chainId(),
                        core.height(),
                        0,
                        core.timeMillis(),
                        core.proposer(),
                        core.transactionsRoot(),
                        core.stateRoot(),
                        core.receiptsRoot(),
                        Hash.ZERO,
                        core.engineField()));
        assertRefused(other, Reason.BAD_VALIDATORS_ROOT, "the validators root");
    }

    @Test
    void refusesToDraftWithoutAProof() {
        BlockTemplate template = new BlockTemplate(
                network.address(0), StakeFixture.CLOCK.startMillis(3), 0, ByteString.of(new byte[10]));
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.draft(template, List.of(), 0));
    }

    /** What is to be the same again. */
    private record Standing(Hash root, EpochState epoch, Amount supply, Amount burned, long slot) {
        static Standing of(Ledger ledger) {
            StakeView stake = ledger.stake().orElseThrow();
            return new Standing(ledger.stateRoot(), stake.epoch(), ledger.supply(), ledger.burned(), stake.slot());
        }
    }

    @Test
    void reorganisationsAndRestartsRestoreEverythingExactly() {
        Random random = new Random(11);
        for (int run = 0; run < 6; run++) {
            MemoryKeyValueStore store = new MemoryKeyValueStore();
            Ledger head = network.open(store);
            List<Standing> standings = new ArrayList<>(List.of(Standing.of(head)));
            for (int step = 0; step < 150; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> {
                        for (int pops = random.nextInt(9); pops > 0 && head.height() > head.lowestPop(); pops--) {
                            head.pop();
                            standings.removeLast();
                            assertThat(Standing.of(head)).isEqualTo(standings.getLast());
                        }
                    }
                    case 1 -> {
                        long target = Math.max(0, head.height() - random.nextInt(4));
                        if (target >= head.height() - head.unsettled()) {
                            LedgerFixture.settle(head, store, target, -1);
                        }
                    }
                    case 2 -> {
                        if (random.nextInt(3) == 0) {
                            LedgerFixture.settle(head, store, head.height(), -1);
                            head = network.open(store);
                            assertThat(Standing.of(head)).isEqualTo(standings.getLast());
                        }
                    }
                    default -> {
                        extend(head, random);
                        standings.add(Standing.of(head));
                        assertListsFitRecords(head.stake().orElseThrow());
                        assertThat(head.validators())
                                .isEqualTo(head.stake()
                                        .orElseThrow()
                                        .epoch()
                                        .next()
                                        .validators());
                    }
                }
            }
            head.audit().require();
            assertThat(head.height()).isGreaterThan(20);
        }
    }

    /** The list of who has stake is the records', and nothing that was due is left. */
    private void assertListsFitRecords(StakeView stake) {
        for (int i = 0; i < 6; i++) {
            Optional<StakeRecord> record = stake.validator(network.key(i));
            assertThat(stake.bonded().contains(network.key(i)))
                    .isEqualTo(record.filter(present ->
                                    !present.jailed() && present.bonded().units() > 0)
                            .isPresent());
            record.ifPresent(present -> assertThat(present.unbonding())
                    .allMatch(part -> part.epoch() > stake.epoch().number()));
        }
    }

    /** A block of an entitled proposer with random transactions, the good ones of which stay. */
    private void extend(Ledger head, Random random) {
        StakeView stake = head.stake().orElseThrow();
        long slot = stake.slot() + 1 + (random.nextInt(10) == 0 ? random.nextInt(40) : random.nextInt(4));
        EpochState epoch = stake.epoch(StakeFixture.CLOCK.epoch(slot));
        List<Integer> entitled = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            if (epoch.active().find(network.key(i)).isPresent()) {
                entitled.add(i);
            }
        }
        int proposer = entitled.get(random.nextInt(entitled.size()));
        List<Transaction> offered = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Amount amount = Amount.ofCoins(1 + random.nextInt(60));
            switch (random.nextInt(24)) {
                case 0, 1, 2 -> offered.add(network.sign(head, i, new Bond(amount, network.vrfKey(i))));
                case 3, 4, 5 -> offered.add(network.sign(head, i, new Unbond(amount)));
                case 6 ->
                    offered.add(network.sign(head, i, new EvidenceReport(network.twoBlocks(random.nextInt(6), 1))));
                default -> {}
            }
        }
        Block block =
                head.draft(network.template(head, proposer, slot), offered, 100).block();
        try {
            head.push(block);
        } catch (RejectedException e) {
            throw new IllegalStateException(Arrays.toString(offered.toArray()), e);
        }
    }
}
