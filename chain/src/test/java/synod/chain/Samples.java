package synod.chain;

import java.util.Arrays;
import java.util.List;
import synod.chain.codec.ByteString;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.SigningKey;

/** The values whose encodings are the golden vectors. */
public final class Samples {
    /** Seeds of 32 equal bytes: no secret of anybody. */
    public static final SigningKey ALICE = SigningKey.of(filled(1).bytes());

    public static final SigningKey BOB = SigningKey.of(filled(2).bytes());

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
                    filled(0x11),
                    MerkleTree.root(List.of()),
                    Hash.ZERO,
                    ByteString.EMPTY),
            0x207f_ffff,
            0);

    public static final Transaction TRANSFER = Transaction.sign(
            ALICE, GENESIS.id(), 0, new Amount(1_540), new Transfer(Address.of(BOB.publicKey()), Amount.ofCoins(5)));

    public static final Transaction ANCHOR =
            Transaction.sign(ALICE, GENESIS.id(), 1, new Amount(2_000), new Anchor(filled(0x22), "Grüße"));

    public static final Block BLOCK = new Block(
            new BlockHeader(
                    BlockHeader.VERSION | 0x2000,
                    GENESIS.id(),
                    new HeaderCore(
                            GENESIS.id(),
                            1,
                            0x0102_0304_0506_0708L,
                            1_767_225_601_234L,
                            Address.of(BOB.publicKey()),
                            MerkleTree.root(List.of(TRANSFER.encode(), ANCHOR.encode())),
                            filled(0x33),
                            filled(0x44),
                            filled(0x55),
                            ByteString.of(new byte[] {(byte) 0xab, (byte) 0xcd})),
                    0x207f_ffff,
                    7),
            List.of(TRANSFER, ANCHOR));

    private Samples() {}

    private static Hash filled(int value) {
        byte[] bytes = new byte[Hash.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return Hash.of(bytes);
    }
}
