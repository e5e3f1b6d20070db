package synod.testnet.bench.mine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.state.BlockTemplate;
import synod.chain.state.Ledger;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.SigningKey;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.replica.ChainGenesis;

/** Blocks full of signed transfers, each on the one before, and ledgers to take them. */
final class BlockSeries {
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);
    private static final long START_MILLIS = 1_790_000_000_000L;
    private static final long INTERVAL_MILLIS = 1_000;
    private static final Amount FEE = new Amount(2_000);

    private final Genesis genesis = new Genesis(
            "synod-bench",
            "tsyn",
            true,
            START_MILLIS,
            new EngineParameters.Pow(new PowParameters(
                    INTERVAL_MILLIS, 60_000, EASIEST, EASIEST, 10_000, PowParameters.MEDIAN_TIME_BLOCKS)),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 210_000, 10),
            DevelopmentKeys.names().stream()
                    .map(name ->
                            new Allocation(DevelopmentKeys.address(name), Amount.ofCoins(1_000_000), Optional.of(name)))
                    .toList());

    private final ChainGenesis chain = new ChainGenesis(genesis);
    private final List<SigningKey> keys =
            DevelopmentKeys.names().stream().map(DevelopmentKeys::key).toList();
    private final long[] nonces = new long[keys.size()];

    Hash chainId() {
        return chain.block0().id();
    }

    /** A ledger that holds block 0. */
    Ledger ledger() {
        return Ledger.open(new MemoryKeyValueStore(), genesis.rules(), genesis.allocation(), chain.block0());
    }

    /** The blocks after block 0. */
    List<Block> blocks(int count, int transfersPerBlock) {
        Ledger ledger = ledger();
        List<Block> blocks = new ArrayList<>();
        for (int height = 1; height <= count; height++) {
            BlockTemplate template = new BlockTemplate(
                    DevelopmentKeys.address("heidi"),
                    START_MILLIS + height * INTERVAL_MILLIS,
                    EASIEST.value(),
                    ByteString.EMPTY);
            Block block = ledger.draft(template, transfers(transfersPerBlock), transfersPerBlock)
                    .block();
            push(ledger, block);
            blocks.add(block);
        }
        return blocks;
    }

    /** Executes a block and compares its roots. */
    static void push(Ledger ledger, Block block) {
        try {
            ledger.push(block);
        } catch (RejectedException e) {
            throw new IllegalStateException("a block of the benchmark is refused: " + e.rejection(), e);
        }
    }

    private List<Transaction> transfers(int count) {
        List<Transaction> transfers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int payer = i % keys.size();
            Address payee = Address.of(keys.get((payer + 1) % keys.size()).publicKey());
            transfers.add(Transaction.sign(
                    keys.get(payer), chainId(), nonces[payer]++, FEE, new Transfer(payee, new Amount(1))));
        }
        return transfers;
    }
}
