package synod.testnet.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.state.BlockTemplate;
import synod.chain.state.Ledger;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
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
import synod.node.disk.DataDirectory;
import synod.node.disk.FileDisk;
import synod.node.journal.JournalEntry;
import synod.node.replica.ChainGenesis;

/**
 * A long chain under proof of work, made in no time because every second nonce is good, with some transfers in each
 * block. Its blocks follow each other at the target interval to the millisecond, so the difficulty never moves, and the
 * last one is a minute old.
 */
final class PreparedChain {
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);
    private static final long INTERVAL_MILLIS = 1_000;
    private static final long AGE_MILLIS = 60_000;
    private static final long SETTLE_EVERY = 64;
    private static final Amount FEE = new Amount(2_000);

    private final Genesis genesis;
    private final int length;
    private final int transfersPerBlock;
    private final List<SigningKey> keys =
            DevelopmentKeys.names().stream().map(DevelopmentKeys::key).toList();
    private final long[] nonces = new long[keys.size()];

    /** A chain of so many blocks above block 0. */
    PreparedChain(int length, int transfersPerBlock) {
        this.length = length;
        this.transfersPerBlock = transfersPerBlock;
        this.genesis = genesis(System.currentTimeMillis() - AGE_MILLIS - length * INTERVAL_MILLIS);
    }

    private static Genesis genesis(long timeMillis) {
        return new Genesis(
                "synod-prepared",
                "tsyn",
                true,
                timeMillis,
                new EngineParameters.Pow(new PowParameters(
                        INTERVAL_MILLIS, 60_000, EASIEST, EASIEST, 10_000, PowParameters.MEDIAN_TIME_BLOCKS)),
                new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 210_000, 10),
                DevelopmentKeys.names().stream()
                        .map(name -> new Allocation(
                                DevelopmentKeys.address(name), Amount.ofCoins(1_000_000), Optional.of(name)))
                        .toList());
    }

    /** The network's genesis. */
    Genesis genesis() {
        return genesis;
    }

    /** How many transactions the chain has. */
    long transactions() {
        return (long) length * transfersPerBlock;
    }

    /** Writes the chain into an empty data directory, as the journal of a node that has lost its index. */
    void write(Path dataDirectory) throws RejectedException {
        ChainGenesis chain = new ChainGenesis(genesis);
        Hash chainId = chain.block0().id();
        MemoryKeyValueStore store = new MemoryKeyValueStore();
        Ledger ledger = Ledger.open(store, genesis.rules(), genesis.allocation(), chain.block0());
        try (DataDirectory directory = DataDirectory.open(dataDirectory, chainId);
                FileDisk disk = FileDisk.open(directory.journal());
                Journal journal = Journal.open(disk, chainId, length, JournalLimits.DEFAULT)) {
            for (long height = 1; height <= length; height++) {
                Block block = mine(ledger, chainId, height);
                ledger.push(block);
                JournalEntry entry = new JournalEntry.BlockEntry(new SealedBlock(block, ByteString.EMPTY));
                journal.append(entry.kind(), entry.payload());
                if (height % SETTLE_EVERY == 0) {
                    store.write(ledger.settle(height, height), false);
                    ledger.settled(height);
                }
            }
            journal.sync();
        }
    }

    private Block mine(Ledger ledger, Hash chainId, long height) {
        BlockTemplate template = new BlockTemplate(
                DevelopmentKeys.address("heidi"),
                genesis.timeMillis() + height * INTERVAL_MILLIS,
                EASIEST.value(),
                ByteString.EMPTY);
        Block draft =
                ledger.draft(template, transfers(chainId), transfersPerBlock).block();
        for (int nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(
                    draft.header().version(),
                    draft.header().parent(),
                    draft.header().core(),
                    EASIEST.value(),
                    nonce);
            if (EASIEST.isMetBy(header.id())) {
                return new Block(header, draft.transactions());
            }
        }
    }

    private List<Transaction> transfers(Hash chainId) {
        List<Transaction> transfers = new ArrayList<>(transfersPerBlock);
        for (int i = 0; i < transfersPerBlock; i++) {
            int payer = i % keys.size();
            Address payee = Address.of(keys.get((payer + 1) % keys.size()).publicKey());
            transfers.add(Transaction.sign(
                    keys.get(payer), chainId, nonces[payer]++, FEE, new Transfer(payee, new Amount(1))));
        }
        return transfers;
    }
}
