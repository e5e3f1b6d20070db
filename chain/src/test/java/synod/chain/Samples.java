package synod.chain;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.chain.codec.ByteString;
import synod.chain.state.BlockTemplate;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.state.Receipt;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.SigningKey;

/** The values whose encodings are the golden vectors. */
public final class Samples {
    /** Seeds of 32 equal bytes: no secret of anybody. */
    public static final SigningKey ALICE = SigningKey.of(filled(1).bytes());

    public static final SigningKey BOB = SigningKey.of(filled(2).bytes());

    public static final SigningKey CAROL = SigningKey.of(filled(3).bytes());

    public static final GenesisAllocation ALLOCATION = new GenesisAllocation(new TreeMap<>(Map.of(
            Address.of(ALICE.publicKey()), Amount.ofCoins(100),
            Address.of(BOB.publicKey()), Amount.ofCoins(50))));

    public static final BlockHeader GENESIS = new BlockHeader(
            BlockHeader.VERSION,
            Hash.ZERO,
            new HeaderCore(
                    Hash.ZERO,
                    0,
                    0,
                    1_767_225_600_000L,
                    Address.NONE,
                    MerkleTree.root(List.of()),
                    ALLOCATION.stateRoot(),
                    MerkleTree.root(List.of()),
                    Hash.ZERO,
                    ByteString.EMPTY),
            0x207f_ffff,
            0);

    public static final Transaction TRANSFER = Transaction.sign(
            ALICE, GENESIS.id(), 0, new Amount(1_540), new Transfer(Address.of(BOB.publicKey()), Amount.ofCoins(5)));

    public static final Transaction ANCHOR =
            Transaction.sign(ALICE, GENESIS.id(), 1, new Amount(2_000), new Anchor(filled(0x22), "Grüße"));

    /** Alice and Bob, with one vote each. */
    public static final ValidatorSet MEMBERS = ValidatorSet.ofEqual(List.of(ALICE.publicKey(), BOB.publicKey()));

    /** Of a chain whose members {@link #MEMBERS} are. */
    public static final GenesisAllocation MEMBERS_ALLOCATION = new GenesisAllocation(ALLOCATION.balances(), MEMBERS);

    public static final Transaction VOTE = Transaction.sign(
            ALICE, GENESIS.id(), 2, new Amount(1_470), new MemberVote(MemberVote.Change.ADD, CAROL.publicKey()));

    /** The ledger after {@link #BLOCK}. */
    public static final Ledger LEDGER = Ledger.open(
            new MemoryKeyValueStore(),
            new LedgerRules(1 << 20, 10, Amount.ofCoins(25), 1_000, 0),
            ALLOCATION,
            new Block(GENESIS, List.of()));

    public static final Block BLOCK;

    public static final List<Receipt> RECEIPTS;

    static {
        BlockTemplate template = new BlockTemplate(
                Address.of(BOB.publicKey()), 1_767_225_601_234L, 0x207f_ffff, ByteString.of((byte) 0xab, (byte) 0xcd));
        Block draft = LEDGER.draft(template, List.of(TRANSFER, ANCHOR), 9).block();
        HeaderCore core = draft.header().core().withExtraNonce(0x0102_0304_0506_0708L);
        BlockHeader header = new BlockHeader(BlockHeader.VERSION | 0x2000, GENESIS.id(), core, 0x207f_ffff, 7);
        BLOCK = new Block(header, draft.transactions());
        try {
            RECEIPTS = LEDGER.push(BLOCK);
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Samples() {}

    private static Hash filled(int value) {
        byte[] bytes = new byte[Hash.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return Hash.of(bytes);
    }
}
