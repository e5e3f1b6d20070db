package synod.chain.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.state.Account;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/** Random offers, blocks and reorganisations do to the mempool what they do to a naive one. */
class MempoolModelTest {
    private static final int OWNERS = 9;
    private static final long BALANCE = 60_000;
    private static final MempoolLimits LIMITS = new MempoolLimits(16, 16 * 160, 6, 6 * 160, 5);

    private final TestAccounts accounts = new TestAccounts(OWNERS, BALANCE);
    private final Mempool mempool =
            new Mempool(new LedgerRules(8 << 10, 2, Amount.ZERO, 0, 0), LIMITS, accounts, _ -> Optional.empty());
    private final NaiveMempool naive = new NaiveMempool(LIMITS, 2, accounts);
    private final Deque<Step> branch = new ArrayDeque<>();
    private final List<Verified<Transaction>> offered = new ArrayList<>();

    private final Set<Reason> refused = EnumSet.noneOf(Reason.class);
    private final long[] gifts = new long[OWNERS];

    /** A block, the accounts before it, and the gifts up to then, which stay when the block is undone. */
    private record Step(List<Verified<Transaction>> transactions, List<Account> before, long[] gifts) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void doesWhatTheNaiveOneDoes(long seed) {
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 900; i++) {
            switch (random.nextInt(20)) {
                case 0, 1 -> apply(random, List.of());
                case 2 -> reorganise(random);
                case 3 -> gift(random);
                default -> accepted += offer(random) ? 1 : 0;
            }
            if (i % 3 == 0) {
                compare();
            }
        }
        assertThat(accepted).isGreaterThan(200);
        assertThat(refused)
                .contains(
                        Reason.ALREADY_KNOWN,
                        Reason.NONCE_USED,
                        Reason.NONCE_TOO_FAR,
                        Reason.FEE_TOO_LOW,
                        Reason.INSUFFICIENT_BALANCE,
                        Reason.REPLACEMENT_UNDERPRICED,
                        Reason.TOO_MANY_PENDING,
                        Reason.MEMPOOL_FULL);
    }

    private boolean offer(Random random) {
        Verified<Transaction> transaction = !offered.isEmpty() && random.nextInt(10) == 0
                ? offered.get(random.nextInt(offered.size()))
                : random(random);
        offered.add(transaction);
        boolean local = random.nextInt(4) == 0;
        Optional<Reason> expected = naive.offer(transaction, local);
        assertThat(mempool.offer(transaction, local).map(Rejection::reason)).isEqualTo(expected);
        expected.ifPresent(refused::add);
        return expected.isEmpty();
    }

    private Verified<Transaction> random(Random random) {
        int owner = random.nextInt(OWNERS);
        long ahead = random.nextInt(12) == 0 ? random.nextInt(80) : random.nextInt(6);
        long nonce = Math.max(0, accounts.get(owner).nonce() + ahead - (random.nextInt(10) == 0 ? 1 : 0));
        long fee = 250 + random.nextInt(12) * 50;
        return random.nextInt(3) == 0
                ? accounts.pay(owner, nonce, fee, new Anchor(Hash.ZERO, "m".repeat(random.nextInt(30))))
                : accounts.transfer(owner, nonce, fee, 1 + random.nextInt(random.nextInt(3) == 0 ? 50_000 : 3_000));
    }

    private void apply(Random random, List<Verified<Transaction>> undone) {
        List<Account> before = states();
        List<Verified<Transaction>> block = new ArrayList<>();
        List<Verified<Transaction>> candidates = new ArrayList<>(undone);
        mempool.select().forEachRemaining(candidates::add);
        for (int i = 0; i < 4; i++) {
            candidates.add(random(random));
        }
        for (Verified<Transaction> candidate : candidates) {
            if (random.nextInt(3) == 0 && execute(candidate.value())) {
                block.add(candidate);
            }
        }
        branch.push(new Step(block, before, gifts.clone()));
        move(undone, block);
    }

    private void reorganise(Random random) {
        List<Verified<Transaction>> undone = new ArrayList<>();
        for (int depth = 1 + random.nextInt(3); depth > 0 && !branch.isEmpty(); depth--) {
            Step step = branch.pop();
            undone.addAll(0, step.transactions());
            for (int owner = 0; owner < OWNERS; owner++) {
                Account account = step.before().get(owner);
                long since = gifts[owner] - step.gifts()[owner];
                accounts.set(owner, account.balance().units() + since, account.nonce());
            }
        }
        apply(random, undone);
    }

    private void gift(Random random) {
        int owner = random.nextInt(OWNERS);
        Account account = accounts.get(owner);
        accounts.set(owner, account.balance().units() + 20_000, account.nonce());
        gifts[owner] += 20_000;
        move(List.of(), List.of());
    }

    private void move(List<Verified<Transaction>> undone, List<Verified<Transaction>> block) {
        Transaction[] transactions = block.stream().map(Verified::value).toArray(Transaction[]::new);
        List<Transaction> dropped = mempool.headMoved(undone, List.of(Blocks.of(transactions))).stream()
                .map(Dropped::transaction)
                .toList();
        List<Transaction> expected = naive.headMoved(undone, List.of(transactions));
        assertThat(dropped).containsExactlyInAnyOrderElementsOf(expected);
    }

    private boolean execute(Transaction transaction) {
        for (int owner = 0; owner < OWNERS; owner++) {
            Account account = accounts.get(owner);
            long cost = transaction.fee().units() + transaction.payload().cost().units();
            if (accounts.address(owner).equals(transaction.sender())
                    && account.nonce() == transaction.nonce()
                    && account.balance().units() >= cost) {
                accounts.set(owner, account.balance().units() - cost, account.nonce() + 1);
                return true;
            }
        }
        return false;
    }

    private List<Account> states() {
        List<Account> states = new ArrayList<>();
        for (int owner = 0; owner < OWNERS; owner++) {
            states.add(accounts.get(owner));
        }
        return states;
    }

    private void compare() {
        List<Transaction> expected = naive.blockOrder();
        List<Transaction> selected = new ArrayList<>();
        mempool.select().forEachRemaining(transaction -> selected.add(transaction.value()));
        assertThat(selected).isEqualTo(expected);
        assertThat(mempool.inOrder(expected.size())).isEqualTo(expected);
        assertThat(mempool.inOrder(Integer.MAX_VALUE))
                .containsExactlyInAnyOrderElementsOf(
                        naive.items.stream().map(NaiveMempool.Item::transaction).toList());
        assertThat(mempool.count()).isEqualTo(naive.items.size());
        assertThat(mempool.bytes())
                .isEqualTo(naive.items.stream()
                        .mapToLong(item -> item.transaction().size())
                        .sum());
        assertThat(mempool.local().stream().map(Verified::value))
                .containsExactlyInAnyOrderElementsOf(naive.items.stream()
                        .filter(NaiveMempool.Item::local)
                        .map(NaiveMempool.Item::transaction)
                        .toList());
        for (int owner = 0; owner < OWNERS; owner++) {
            assertThat(mempool.nextNonce(accounts.address(owner))).isEqualTo(naive.nextNonce(accounts.address(owner)));
        }
    }
}
