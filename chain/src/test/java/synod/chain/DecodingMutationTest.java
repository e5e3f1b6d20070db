package synod.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.StakeSnapshot;
import synod.chain.transaction.Transaction;

/** Whatever is done to good bytes, decoding refuses them with a reason or gives a value that encodes to the same. */
class DecodingMutationTest {
    private static final int ROUNDS = 4_000;

    /** Reads one value from all the bytes, and writes it anew. */
    @FunctionalInterface
    interface Codec {
        byte[] reencode(Decoder in) throws RejectedException;
    }

    @Test
    void refusesOrReencodesMutatedTransactions() {
        mutate(Samples.TRANSFER.encode(), DecodingMutationTest::transaction);
        mutate(Samples.ANCHOR.encode(), DecodingMutationTest::transaction);
        mutate(Samples.VOTE.encode(), DecodingMutationTest::transaction);
        mutate(StakeSamples.BOND.encode(), DecodingMutationTest::transaction);
        mutate(StakeSamples.UNBOND.encode(), DecodingMutationTest::transaction);
        mutate(StakeSamples.TWO_BLOCKS.encode(), DecodingMutationTest::transaction);
        mutate(StakeSamples.TWO_VOTES.encode(), DecodingMutationTest::transaction);
    }

    @Test
    void refusesOrReencodesMutatedSnapshots() {
        mutate(StakeSamples.SNAPSHOT.encode(), in -> StakeSnapshot.decode(in).encode());
    }

    @Test
    void refusesOrReencodesMutatedHeaders() {
        mutate(Samples.BLOCK.header().encode(), in -> BlockHeader.decode(in).encode());
        mutate(
                Samples.BLOCK.header().core().encode(),
                in -> HeaderCore.decode(in).encode());
    }

    @Test
    void refusesOrReencodesMutatedBlocks() {
        mutate(Samples.BLOCK.encode(), in -> Block.decode(in).encode());
    }

    @Test
    void refusesEveryTruncationAndExtension() {
        byte[] block = Samples.BLOCK.encode();
        for (int length = 0; length < block.length; length++) {
            assertThat(isAccepted(
                            Arrays.copyOf(block, length), in -> Block.decode(in).encode()))
                    .as("%s bytes", length)
                    .isFalse();
        }
        assertThat(isAccepted(
                        Arrays.copyOf(block, block.length + 1),
                        in -> Block.decode(in).encode()))
                .isFalse();
    }

    @Test
    void takesNoMemoryForALengthThatOnlyClaimsToBe() {
        byte[] block = Samples.BLOCK.encode();
        int count = Samples.BLOCK.header().encode().length;
        Arrays.fill(block, count, count + 4, (byte) 0xff);
        block[count + 2] = 0;
        block[count + 3] = 0;
        isAccepted(block, in -> Block.decode(in).encode());
        long before = allocated();
        for (int i = 0; i < 100; i++) {
            isAccepted(block, in -> Block.decode(in).encode());
        }
        assertThat((allocated() - before) / 100).isLessThan(64 << 10);
    }

    /** From the fields alone: a transaction keeps the bytes that it was read from. */
    private static byte[] transaction(Decoder in) throws RejectedException {
        Transaction transaction = Transaction.decode(in);
        Encoder out = new Encoder(0)
                .u8(transaction.payload().kind())
                .u8(0)
                .raw(transaction.senderKey().bytes())
                .u64(transaction.nonce())
                .u64(transaction.fee().units());
        transaction.payload().encode(out);
        byte[] anew = out.raw(transaction.signature().bytes()).toBytes();
        assertThat(transaction.encode()).isEqualTo(anew);
        return anew;
    }

    private static void mutate(byte[] good, Codec codec) {
        assertThat(isAccepted(good, codec)).isTrue();
        Random random = new Random(good.length);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes = mutated(bytes, random);
            }
            accepted += isAccepted(bytes, codec) ? 1 : 0;
        }
        assertThat(accepted).isLessThan(ROUNDS);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(8)) {
            case 0 -> changed = Arrays.copyOf(bytes, at);
            case 1 -> changed = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
            case 2 -> System.arraycopy(bytes, 0, changed, at, bytes.length - at);
            case 3 -> Arrays.fill(changed, at, Math.min(at + 8, bytes.length), (byte) 0xff);
            case 4 -> changed[at] = (byte) random.nextInt();
            default -> changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static boolean isAccepted(byte[] bytes, Codec codec) {
        Decoder in = new Decoder(bytes);
        try {
            byte[] anew = codec.reencode(in);
            in.finish();
            assertThat(anew).isEqualTo(bytes);
            return true;
        } catch (RejectedException e) {
            assertThat(e.rejection().reason()).isEqualTo(Reason.MALFORMED);
            return false;
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
