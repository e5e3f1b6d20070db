package synod.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.MemoryDisk;
import synod.chain.transaction.Transaction;
import synod.consensus.Entry;
import synod.crypto.Hash;
import synod.node.journal.JournalEntry.AcknowledgedTransaction;
import synod.node.journal.JournalEntry.BlockEntry;
import synod.node.journal.JournalEntry.EngineEntry;
import synod.node.journal.JournalEntry.TransactionsSettled;
import synod.node.wire.WireSamples;

/** Records of the node's journal, and what of them a restart finds in the last segment. */
class SoftStateTest {
    private static final JournalLimits SMALL_SEGMENTS = new JournalLimits(12 << 10, 64 << 10);

    static Stream<JournalEntry> entries() {
        return Stream.of(
                new BlockEntry(WireSamples.block(WireSamples.hash(1), 3, WireSamples.transactions(2))),
                new AcknowledgedTransaction(WireSamples.transaction(1)),
                new TransactionsSettled(WireSamples.hashes(3)),
                new TransactionsSettled(List.of()),
                engine("vote", "yes"),
                engine("", ""),
                engine("k".repeat(255), "v".repeat(10_000)));
    }

    private static EngineEntry engine(String key, String value) {
        return new EngineEntry(new Entry(bytes(key), bytes(value)));
    }

    private static ByteString bytes(String text) {
        return ByteString.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void whatWasWrittenReadsBack(JournalEntry entry) throws RejectedException {
        JournalEntry read = JournalEntry.decode(entry.kind(), entry.payload());
        assertThat(read).hasSameClassAs(entry);
        assertThat(read.payload()).isEqualTo(entry.payload());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void damagedRecordsAreRefusedOrCanonical(JournalEntry entry) {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = java.util.Arrays.copyOf(entry.payload(), random.nextInt(entry.payload().length + 9));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(JournalEntry.decode(entry.kind(), damaged).payload()).isEqualTo(damaged);
            } catch (RejectedException e) {
                assertThat(e.rejection().detail()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, 255})
    void recordsOfUnknownKindAreRefused(int kind) {
        assertThatThrownBy(() -> JournalEntry.decode(kind, new byte[0])).isInstanceOf(RejectedException.class);
    }

    @Test
    void anEmptyValueForgetsTheEnginesKey() {
        SoftState state = new SoftState();
        state.apply(engine("term", "1"));
        state.apply(engine("term", "2"));
        state.apply(engine("vote", "a"));
        state.apply(engine("vote", ""));
        assertThat(state.engineEntries()).containsExactly(Map.entry(bytes("term"), bytes("2")));
        assertThat(state.entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theLastSegmentTellsAllThatCounts(long seed) throws RejectedException {
        Random random = new Random(seed);
        MemoryDisk disk = new MemoryDisk();
        Journal journal = Journal.open(disk, WireSamples.CHAIN, 1, SMALL_SEGMENTS);
        SoftState state = new SoftState();
        journal.carryOver(state);
        Map<Hash, Transaction> transactions = new LinkedHashMap<>();
        Map<ByteString, ByteString> engine = new LinkedHashMap<>();
        int rolls = 0;
        for (int i = 0; i < 300; i++) {
            JournalEntry entry = next(random, i, transactions, engine);
            int segment = journal.lastSegmentStart().segment();
            journal.append(entry.kind(), entry.payload());
            state.apply(entry);
            rolls += journal.lastSegmentStart().segment() - segment;
            if (random.nextInt(10) == 0) {
                journal.sync();
                assertThat(read(disk.crash(0)))
                        .isEqualTo(Map.entry(List.copyOf(transactions.values()), Map.copyOf(engine)));
            }
        }
        assertThat(rolls).isGreaterThanOrEqualTo(3);
    }

    private static JournalEntry next(
            Random random, int number, Map<Hash, Transaction> transactions, Map<ByteString, ByteString> engine) {
        switch (random.nextInt(4)) {
            case 0 -> {
                Transaction transaction = WireSamples.transaction(number);
                transactions.put(transaction.id(), transaction);
                return new AcknowledgedTransaction(transaction);
            }
            case 1 -> {
                List<Hash> settled = new ArrayList<>(
                        transactions.keySet().stream().limit(random.nextInt(3)).toList());
                settled.add(WireSamples.hash(number));
                settled.forEach(transactions::remove);
                return new TransactionsSettled(settled);
            }
            case 2 -> {
                ByteString key = bytes("key " + random.nextInt(6));
                ByteString value = random.nextInt(3) == 0 ? ByteString.EMPTY : bytes("value " + number);
                if (value.size() == 0) {
                    engine.remove(key);
                } else {
                    engine.put(key, value);
                }
                return new EngineEntry(new Entry(key, value));
            }
            default -> {
                return new BlockEntry(WireSamples.block(WireSamples.hash(number), number, List.of()));
            }
        }
    }

    private static Map.Entry<List<Transaction>, Map<ByteString, ByteString>> read(MemoryDisk disk)
            throws RejectedException {
        Journal journal = Journal.open(disk, WireSamples.CHAIN, 2, SMALL_SEGMENTS);
        List<JournalEntry> entries = new ArrayList<>();
        List<RejectedException> refused = new ArrayList<>();
        journal.scan(journal.lastSegmentStart(), record -> {
            try {
                entries.add(JournalEntry.decode(record.kind(), record.payload()));
            } catch (RejectedException e) {
                refused.add(e);
            }
            return true;
        });
        assertThat(refused).isEmpty();
        SoftState state = new SoftState();
        entries.forEach(state::apply);
        return Map.entry(state.acknowledgedTransactions(), Map.copyOf(state.engineEntries()));
    }
}
