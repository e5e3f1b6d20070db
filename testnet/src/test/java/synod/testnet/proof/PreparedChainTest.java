package synod.testnet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.SealedBlock;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.MemoryKeyValueStore;
import synod.consensus.pow.CompactBits;
import synod.crypto.Hash;
import synod.node.disk.DataDirectory;
import synod.node.disk.FileDisk;
import synod.node.journal.JournalEntry;
import synod.node.replica.ChainGenesis;

class PreparedChainTest {
    private static final int BLOCKS = 130;
    private static final int TRANSFERS = 3;

    @TempDir
    private Path temporary;

    private List<SealedBlock> read(Path data, Hash chainId) throws Exception {
        List<SealedBlock> blocks = new ArrayList<>();
        try (DataDirectory directory = DataDirectory.open(data, chainId);
                FileDisk disk = FileDisk.open(directory.journal());
                Journal journal = Journal.open(disk, chainId, 1, JournalLimits.DEFAULT)) {
            List<byte[]> payloads = new ArrayList<>();
            journal.scan(journal.start(), record -> {
                payloads.add(record.payload());
                assertThat(record.kind()).isEqualTo(1);
                return true;
            });
            for (byte[] payload : payloads) {
                if (JournalEntry.decode(1, payload) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
                    blocks.add(block);
                }
            }
        }
        return blocks;
    }

    @Test
    void isAJournalOfValidBlocksWithTransfers() throws Exception {
        PreparedChain prepared = new PreparedChain(BLOCKS, TRANSFERS);
        Path data = temporary.resolve("data");
        prepared.write(data);
        ChainGenesis chain = new ChainGenesis(prepared.genesis());
        List<SealedBlock> blocks = read(data, chain.block0().id());
        assertThat(blocks).hasSize(BLOCKS);
        Ledger ledger = Ledger.open(
                new MemoryKeyValueStore(),
                prepared.genesis().rules(),
                new GenesisAllocation(prepared.genesis().balances()),
                chain.block0());
        long timeMillis = prepared.genesis().timeMillis();
        for (SealedBlock sealed : blocks) {
            assertThat(sealed.block().transactions()).hasSize(TRANSFERS);
            assertThat(sealed.block().header().timeMillis()).isEqualTo(timeMillis += 1_000);
            assertThat(new CompactBits(sealed.block().header().bits())
                            .isMetBy(sealed.block().id()))
                    .isTrue();
            ledger.push(sealed.block());
        }
        assertThat(ledger.height()).isEqualTo(BLOCKS);
        assertThat(timeMillis).isLessThan(System.currentTimeMillis());
        assertThat(prepared.transactions()).isEqualTo((long) BLOCKS * TRANSFERS);
    }
}
