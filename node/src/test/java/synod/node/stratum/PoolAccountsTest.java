package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.store.DiskException;
import synod.chain.store.MemoryDisk;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** Nothing owed is lost and nothing is paid twice, whenever the node ends. */
class PoolAccountsTest {
    private static final Address ALICE = DevelopmentKeys.address("alice");
    private static final Address BOB = DevelopmentKeys.address("bob");
    private static final SigningKey POOL = DevelopmentKeys.key("carol");
    private static final Hash CHAIN = Sha256.hash(new byte[] {1});
    private static final int BITS = 0x1f00ffff;
    private static final long COINS = 5_000_000_000L;
    private static final LedgerRules RULES = new LedgerRules(1 << 20, 1, new Amount(COINS), 1_000_000, 12);

    /** The node is killed here. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Kills the node before or after its n-th step to the outside. */
    private static final class Fuse {
        private int left;

        Fuse(int steps) {
            left = steps;
        }

        void burn() {
            if (left-- == 0) {
                throw new Killed();
            }
        }
    }

    /** What becomes of a node that is killed at each step in turn. */
    private final class Life {
        final TestChain chain = new TestChain(COINS);
        final Map<Address, Long> earned = new TreeMap<>();
        final Random random;
        MemoryDisk disk = new MemoryDisk();
        int found;

        Life(long seed) {
            random = new Random(seed);
        }

        /** Runs a node until it has found so many blocks in all, or is killed; whether it was. */
        boolean run(int blocks, Fuse fuse) {
            FusedDisk fused = new FusedDisk(disk, fuse::burn);
            try {
                PoolAccounts accounts = PoolAccounts.open(fused, CHAIN);
                PaymentRound round = new PaymentRound(accounts, fused(fuse), RULES, CHAIN, POOL);
                while (found < blocks) {
                    accounts.accepted(ALICE, 1 + random.nextInt(5));
                    accounts.accepted(BOB, 1 + random.nextInt(5));
                    find(accounts);
                    chain.extend();
                    round.run();
                }
                for (int i = 0; i < 60; i++) {
                    chain.extend();
                    round.run();
                }
                return false;
            } catch (Killed e) {
                disk = disk.crash(MemoryDisk.Tear.random(random));
                if (random.nextBoolean()) {
                    chain.forget();
                }
                return true;
            }
        }

        private void find(PoolAccounts accounts) {
            Block block = TestMiner.candidate((int) chain.height(), BITS, random.nextInt(1 << 30));
            FoundBlock divided = accounts.found(block, 4);
            found++;
            if (random.nextInt(4) == 0) {
                chain.extend(); // somebody else was faster
            } else {
                chain.extend(block);
                divided.parts()
                        .forEach((worker, part) -> earned.merge(
                                worker,
                                BigInteger.valueOf(COINS)
                                        .multiply(BigInteger.valueOf(part))
                                        .divide(BigInteger.valueOf(FoundBlock.WHOLE))
                                        .longValueExact(),
                                Long::sum));
            }
        }

        private PoolChain fused(Fuse fuse) {
            return new PoolChain() {
                @Override
                public View look(List<Long> heights, List<Transaction> payments) {
                    return chain.look(heights, payments);
                }

                @Override
                public Optional<Rejection> submit(Transaction payment) {
                    fuse.burn();
                    Optional<Rejection> rejection = chain.submit(payment);
                    fuse.burn();
                    return rejection;
                }
            };
        }
    }

    @Test
    void paysEveryDebtExactlyOnceWhereverTheNodeIsKilled() {
        int kills = 0;
        for (int at = 0; at < 130; at++) {
            Life life = new Life(at);
            Random random = new Random(at);
            kills += life.run(6, new Fuse(at)) ? 1 : 0;
            for (int again = 0; again < 3; again++) {
                kills += life.run(6, new Fuse(random.nextInt(60))) ? 1 : 0;
            }
            life.run(6, new Fuse(Integer.MAX_VALUE));
            assertThat(life.chain.paid).as("killed at step %d", at).isEqualTo(life.earned);
            PoolAccounts accounts = PoolAccounts.open(life.disk, CHAIN);
            assertThat(accounts.read(PayoutBook::unsettled)).isEmpty();
            assertThat(accounts.read(PayoutBook::owedUnits)).isZero();
        }
        assertThat(kills).isGreaterThan(150);
    }

    @Test
    void keepsSharesWhenTheProcessIsKilledAndSyncedOnesWhenThePowerFails() {
        MemoryDisk disk = new MemoryDisk();
        PoolAccounts accounts = PoolAccounts.open(disk, CHAIN);
        accounts.accepted(ALICE, 3);
        accounts.sync();
        accounts.accepted(BOB, 1);
        Block block = TestMiner.candidate(6, BITS);
        assertThat(PoolAccounts.open(disk.copy(), CHAIN).found(block, 100).parts())
                .isEqualTo(Map.of(ALICE, FoundBlock.WHOLE / 4 * 3, BOB, FoundBlock.WHOLE / 4));
        for (int torn = 0; torn < 44; torn++) {
            assertThat(PoolAccounts.open(disk.crash(torn), CHAIN)
                            .found(block, 100)
                            .parts())
                    .isEqualTo(Map.of(ALICE, FoundBlock.WHOLE));
        }
    }

    @Test
    void paysAnewWhatAnotherTransactionOfTheKeyDisplaced() {
        TestChain chain = new TestChain(COINS);
        chain.balance = 7; // the operator's own
        PoolAccounts accounts = PoolAccounts.open(new MemoryDisk(), CHAIN);
        PaymentRound round = new PaymentRound(accounts, chain, RULES, CHAIN, POOL);
        accounts.accepted(ALICE, 1);
        Block block = TestMiner.candidate((int) chain.height(), BITS);
        accounts.found(block, 4);
        chain.extend(block);
        while (accounts.read(PayoutBook::unsettled).isEmpty()) {
            chain.extend();
            round.run();
        }
        chain.forget();
        chain.submit(Transaction.sign(POOL, CHAIN, 0, Amount.ZERO, new Transfer(BOB, new Amount(7))));
        for (int i = 0; i < PaymentRound.SETTLED_BLOCKS; i++) {
            chain.extend();
            round.run();
            assertThat(chain.paid).doesNotContainKey(ALICE);
        }
        for (int i = 0; i < 40; i++) {
            chain.extend();
            round.run();
        }
        assertThat(chain.paid).isEqualTo(Map.of(ALICE, COINS, BOB, 7L));
    }

    @Test
    void refusesNewWorkersWhenThereAreTooManyAndStillCountsTheOthers() {
        PoolAccounts accounts = PoolAccounts.open(new MemoryDisk(), CHAIN);
        for (int i = 0; i < ShareLedger.MAX_WORKERS; i++) {
            assertThat(accounts.accepted(worker(i), 1)).isTrue();
        }
        assertThat(accounts.accepted(ALICE, 1)).isFalse();
        assertThat(accounts.accepted(worker(7), 1)).isTrue();
        // a block that is divided among the last of them makes places again
        assertThat(accounts.found(TestMiner.candidate(6, BITS), 2).parts()).hasSize(4);
        assertThat(accounts.accepted(ALICE, 1)).isTrue();
    }

    private static Address worker(int number) {
        return new Address(Sha256.hash(new byte[] {3, (byte) number, (byte) (number >> 8)}));
    }

    @Test
    void refusesToWriteAStateThatItWouldNotReadAgain() {
        MemoryDisk disk = new MemoryDisk();
        PoolFile file = new PoolFile(disk, CHAIN);
        file.save(new byte[1]);
        assertThatThrownBy(() -> file.save(new byte[(256 << 20) + 1])).isInstanceOf(DiskException.class);
        assertThat(new PoolFile(disk, CHAIN).read().state()).hasSize(1);
    }

    @Test
    void paysAllOfManyHoweverFastTheyEarn() {
        int payees = 300;
        TestChain chain = new TestChain(COINS);
        PoolAccounts accounts = PoolAccounts.open(new MemoryDisk(), CHAIN);
        PaymentRound round = new PaymentRound(accounts, chain, RULES, CHAIN, POOL);
        for (int block = 0; block < 150; block++) {
            for (int i = 0; i < payees; i++) {
                accounts.accepted(worker(i), 1);
            }
            Block mined = TestMiner.candidate((int) chain.height(), BITS);
            accounts.found(mined, 150);
            chain.extend(mined);
            round.run();
        }
        assertThat(chain.paid).hasSize(payees);
    }

    @Test
    void paysASoleMinerOutOfWhatItsBlocksMade() {
        TestChain chain = new TestChain(COINS);
        PoolAccounts accounts = PoolAccounts.open(new MemoryDisk(), CHAIN);
        PaymentRound round = new PaymentRound(accounts, chain, RULES, CHAIN, POOL);
        accounts.accepted(ALICE, 1);
        Block block = TestMiner.candidate((int) chain.height(), BITS);
        accounts.found(block, 4);
        chain.extend(block);
        for (int i = 0; i < 40; i++) {
            chain.extend();
            round.run();
        }
        assertThat(chain.paid).isEqualTo(Map.of(ALICE, COINS));
        assertThat(chain.balance).isZero();
    }

    @Test
    void judgesABlockOnlyWhenItIsDeepHoweverEarlyRewardsMature() {
        LedgerRules early = new LedgerRules(1 << 20, 1, new Amount(COINS), 1_000_000, 0);
        TestChain chain = new TestChain(COINS);
        PoolAccounts accounts = PoolAccounts.open(new MemoryDisk(), CHAIN);
        PaymentRound round = new PaymentRound(accounts, chain, early, CHAIN, POOL);
        accounts.accepted(ALICE, 1);
        Block block = TestMiner.candidate((int) chain.height(), BITS);
        accounts.found(block, 4);
        chain.extend(); // another block is there first, and leaves the chain later
        round.run();
        chain.blocks.removeLast();
        chain.extend(block);
        for (int i = 0; i < PaymentRound.SETTLED_BLOCKS; i++) {
            assertThat(accounts.summary().paidBlocks() + accounts.summary().orphans())
                    .isZero();
            chain.extend();
            round.run();
        }
        assertThat(accounts.summary().paidBlocks()).isOne();
    }

    @Test
    void owesNobodyTwiceWhenABlockComesBetweenTheLookAndTheCount() {
        TestChain chain = new TestChain(COINS);
        MemoryDisk disk = new MemoryDisk();
        PoolAccounts accounts = PoolAccounts.open(disk, CHAIN);
        Block first = TestMiner.candidate((int) chain.height(), BITS);
        accounts.accepted(ALICE, 1);
        accounts.found(first, 1);
        chain.extend(first);
        for (int i = 0; i < 20; i++) {
            chain.extend();
        }
        Block stale = TestMiner.candidate(3, BITS, 5);
        PoolChain late = new PoolChain() {
            @Override
            public View look(List<Long> heights, List<Transaction> payments) {
                View view = chain.look(heights, payments);
                accounts.found(stale, 1);
                return view;
            }

            @Override
            public Optional<Rejection> submit(Transaction payment) {
                return Optional.of(new Rejection(Reason.INSUFFICIENT_BALANCE, "not now"));
            }
        };
        PaymentRound round = new PaymentRound(accounts, late, RULES, CHAIN, POOL);
        round.run();
        round.run();
        PoolAccounts again = PoolAccounts.open(disk, CHAIN);
        assertThat(again.summary().paidBlocks()).isOne();
        assertThat(again.read(PayoutBook::unsettled)).hasSize(1);
        assertThat(again.summary().owedUnits()).isZero();
    }

    @Test
    void keepsNothingOfAChangeThatFailsHalfway() {
        MemoryDisk disk = new MemoryDisk();
        PoolAccounts accounts = PoolAccounts.open(disk, CHAIN);
        accounts.accepted(ALICE, 1);
        FoundBlock found = accounts.found(TestMiner.candidate(6, BITS), 1);
        assertThatThrownBy(() -> accounts.change(book -> {
                    book.mature(7, Map.of(7L, found.block().id()), any -> COINS);
                    throw new Killed();
                }))
                .isInstanceOf(Killed.class);
        assertThatThrownBy(() -> accounts.accepted(ALICE, 1)).isInstanceOf(DiskException.class);
        assertThat(PoolAccounts.open(disk, CHAIN).summary().owedUnits()).isZero();
    }

    @Test
    void refusesAccountsThatAreDamagedOrOfAnotherChain() {
        MemoryDisk disk = new MemoryDisk();
        PoolAccounts.open(disk, CHAIN).found(TestMiner.candidate(6, BITS), 1);
        assertThatThrownBy(() -> PoolAccounts.open(disk.copy(), Hash.ZERO))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("another chain");
        String name = disk.list().getFirst();
        for (long bit = 0; bit < disk.size(name) * 8; bit += 11) {
            MemoryDisk damaged = disk.copy();
            damaged.flipBit(name, bit);
            assertThatThrownBy(() -> PoolAccounts.open(damaged, CHAIN))
                    .as("bit %d", bit)
                    .isInstanceOf(DiskException.class);
        }
    }

    @Test
    void countsAndPaysNothingMoreOnceTheDiskHasFailed() {
        MemoryDisk disk = new MemoryDisk();
        PoolAccounts accounts = PoolAccounts.open(disk, CHAIN);
        accounts.accepted(ALICE, 1);
        disk.failSyncs(true);
        assertThatThrownBy(accounts::sync).isInstanceOf(DiskException.class);
        disk.failSyncs(false);
        assertThatThrownBy(() -> accounts.accepted(ALICE, 1)).isInstanceOf(DiskException.class);
        assertThatThrownBy(() -> accounts.found(TestMiner.candidate(6, BITS), 1))
                .isInstanceOf(DiskException.class);
    }
}
