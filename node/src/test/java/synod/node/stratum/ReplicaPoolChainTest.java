package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.mempool.MempoolView;
import synod.chain.state.BlockTemplate;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;

/** What the payments see of a real ledger. The pool's key is carol's. */
class ReplicaPoolChainTest {
    private static final long START = 1_790_000_000_000L;
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);
    private static final Amount FEE = new Amount(1_000);
    private static final Genesis GENESIS = new Genesis(
            "pool",
            "pool",
            true,
            START,
            new EngineParameters.Pow(new PowParameters(1_000, 60_000, EASIEST, EASIEST, 60_000, 11)),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
            List.of(
                    new Allocation(DevelopmentKeys.address("alice"), Amount.ofCoins(1_000), Optional.of("alice")),
                    new Allocation(DevelopmentKeys.address("carol"), Amount.ofCoins(1_000), Optional.of("carol"))));

    private final Map<Hash, SealedBlock> bodies = new HashMap<>();
    private final Map<Hash, Transaction> mempool = new HashMap<>();
    private final List<Transaction> submitted = new ArrayList<>();
    private Ledger ledger;
    private ReplicaPoolChain chain;
    private Hash chainId = Hash.ZERO;

    @BeforeEach
    void begin() {
        GenesisAllocation allocation = new GenesisAllocation(GENESIS.balances());
        Block block0 = GENESIS.block0(allocation.stateRoot());
        chainId = block0.id();
        ledger = Ledger.open(new MemoryKeyValueStore(), GENESIS.rules(), allocation, block0);
        chain = new ReplicaPoolChain(new Client(), DevelopmentKeys.address("carol"));
    }

    /** Answers queries at once. */
    private final class Client implements ReplicaClient {
        @Override
        public <T> CompletableFuture<T> read(Function<ReplicaView, T> query) {
            return CompletableFuture.completedFuture(query.apply(view()));
        }

        @Override
        public CompletableFuture<Optional<Rejection>> submit(Verified<Transaction> transaction) {
            submitted.add(transaction.value());
            return CompletableFuture.completedFuture(Optional.of(new Rejection(Reason.NONCE_USED, "used")));
        }

        @Override
        public Runnable subscribe(Consumer<ReplicaEvent> listener) {
            return () -> {};
        }
    }

    private ReplicaView view() {
        MempoolView waiting = proxy(MempoolView.class, (method, argument) -> switch (method) {
            case "transaction" -> Optional.ofNullable(mempool.get(argument));
            case "nextNonce" -> 77L;
            default -> throw new AssertionError(method);
        });
        return proxy(ReplicaView.class, (method, argument) -> switch (method) {
            case "ledger" -> ledger;
            case "mempool" -> waiting;
            case "block" -> Optional.ofNullable(bodies.get(argument));
            default -> throw new AssertionError(method);
        });
    }

    private interface Answers {
        Object to(String method, Object argument);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments == null ? "" : arguments[0])));
    }

    private Block extend(List<Transaction> transactions) throws RejectedException {
        long timeMillis = START + (ledger.height() + 1) * 1_000;
        Block block = ledger.draft(
                        new BlockTemplate(DevelopmentKeys.address("bob"), timeMillis, 0, ByteString.EMPTY),
                        transactions,
                        1_000)
                .block();
        assertThat(block.transactions()).hasSameSizeAs(transactions);
        ledger.push(block);
        bodies.put(block.id(), new SealedBlock(block, ByteString.EMPTY));
        return block;
    }

    private Transaction transfer(String from, long nonce, Address to, long units) {
        return Transaction.sign(DevelopmentKeys.key(from), chainId, nonce, FEE, new Transfer(to, new Amount(units)));
    }

    private Transaction payment(long nonce, long units) {
        return transfer("carol", nonce, DevelopmentKeys.address("dave"), units);
    }

    @Test
    void seesWhatBecameOfEachPayment() throws RejectedException {
        Transaction included = payment(0, 5);
        Transaction displaced = payment(1, 5);
        Transaction waits = payment(2, 5);
        Transaction lost = payment(3, 5);
        Block first = extend(List.of(included));
        extend(List.of(payment(1, 6)));
        mempool.put(waits.id(), waits);
        PoolChain.View view = chain.look(List.of(1L, 9L), List.of(included, displaced, waits, lost));
        assertThat(view.height()).isEqualTo(2);
        assertThat(view.blocks()).isEqualTo(Map.of(1L, first.id()));
        assertThat(view.nextNonce()).isEqualTo(77);
        assertThat(view.fates())
                .isEqualTo(Map.of(
                        included.id(), new PoolChain.Fate(OptionalLong.of(1), OptionalLong.empty(), false),
                        displaced.id(), new PoolChain.Fate(OptionalLong.empty(), OptionalLong.of(2), false),
                        waits.id(), new PoolChain.Fate(OptionalLong.empty(), OptionalLong.empty(), true),
                        lost.id(), new PoolChain.Fate(OptionalLong.empty(), OptionalLong.empty(), false)));
    }

    @Test
    void findsWhatDisplacedAPaymentHoweverMuchHappenedSince() throws RejectedException {
        Transaction displaced = payment(0, 5);
        extend(List.of(payment(0, 6)));
        Address pool = DevelopmentKeys.address("carol");
        extend(LongStream.range(0, ReplicaPoolChain.PAGE + 50)
                .mapToObj(nonce -> transfer("alice", nonce, pool, 1))
                .toList());
        extend(LongStream.range(1, ReplicaPoolChain.PAGE + 50)
                .mapToObj(nonce -> payment(nonce, 1))
                .toList());
        assertThat(chain.look(List.of(), List.of(displaced)).fates().get(displaced.id()))
                .isEqualTo(new PoolChain.Fate(OptionalLong.empty(), OptionalLong.of(1), false));
    }

    @Test
    void offersAPaymentAndSaysWhyItIsNotTaken() {
        Transaction payment = payment(0, 5);
        assertThat(chain.submit(payment).orElseThrow().reason()).isEqualTo(Reason.NONCE_USED);
        assertThat(submitted).containsExactly(payment);
    }
}
