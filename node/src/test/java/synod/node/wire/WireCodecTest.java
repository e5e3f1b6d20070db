package synod.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.consensus.Message;
import synod.crypto.Hash;

/** What nodes say to each other, as bytes: what is said is heard, and nothing else is. */
class WireCodecTest {
    private static final int HUGE = Integer.MAX_VALUE;

    private final WireCodec codec = new WireCodec(WireCodecTest::engineMessage);

    private static Message engineMessage(byte[] encoded) throws RejectedException {
        if (encoded.length == 0) {
            throw new RejectedException(Reason.MALFORMED, "an empty message");
        }
        return new WireSamples.Bytes(ByteString.of(encoded));
    }

    static Stream<WireMessage> messages() {
        return WireSamples.messages();
    }

    private static int kind(WireMessage message) {
        return MessageKind.of(message).number();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hearsWhatWasSaid(WireMessage message) throws RejectedException {
        byte[] encoded = WireCodec.encode(message);
        WireMessage heard = codec.decode(kind(message), encoded).orElseThrow();

        assertThat(heard).hasSameClassAs(message);
        assertThat(WireCodec.encode(heard)).isEqualTo(encoded);
    }

    @Test
    void everyKindHasASample() {
        assertThat(messages().map(MessageKind::of).distinct()).containsExactly(MessageKind.values());
    }

    @Test
    void unknownKindsAreNoMessages() throws RejectedException {
        for (int kind : new int[] {-1, 0, 15, 29, 255, HUGE, Integer.MIN_VALUE}) {
            assertThat(codec.decode(kind, new byte[4])).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesATruncatedFrame(WireMessage message) {
        byte[] encoded = WireCodec.encode(message);
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            hearIfCanonical(kind(message), cut)
                    .ifPresent(heard -> assertThat(heard)
                            .as("a frame cut short is another message")
                            .isInstanceOf(WireMessage.EngineMessage.class));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void mutatedFramesAreRefusedOrCanonical(WireMessage message) {
        Random random = new Random(42);
        byte[] encoded = WireCodec.encode(message);
        for (int round = 0; round < 2_000; round++) {
            byte[] mutated = switch (random.nextInt(3)) {
                case 0 -> flipped(random, encoded);
                case 1 -> extended(random, encoded);
                default -> overwritten(random, encoded);
            };
            Optional<WireMessage> _ = hearIfCanonical(kind(message), mutated);
        }
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void garbageIsRefusedOrCanonical(MessageKind kind) {
        Random random = new Random(43);
        for (int round = 0; round < 2_000; round++) {
            Optional<WireMessage> _ = hearIfCanonical(kind.number(), WireSamples.noise(random, random.nextInt(200)));
        }
    }

    /** Any exception but a refusal fails the test, and so do bytes that mean the same as others. */
    private Optional<WireMessage> hearIfCanonical(int kind, byte[] bytes) {
        try {
            Optional<WireMessage> heard = codec.decode(kind, bytes);
            assertThat(WireCodec.encode(heard.orElseThrow())).isEqualTo(bytes);
            return heard;
        } catch (RejectedException e) {
            assertThat(e.rejection().detail()).isNotBlank();
            return Optional.empty();
        }
    }

    private static byte[] flipped(Random random, byte[] encoded) {
        byte[] mutated = encoded.clone();
        if (mutated.length > 0) {
            mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return mutated;
    }

    private static byte[] extended(Random random, byte[] encoded) {
        byte[] mutated = Arrays.copyOf(encoded, encoded.length + 1 + random.nextInt(64));
        Arrays.fill(mutated, encoded.length, mutated.length, (byte) random.nextInt(256));
        return mutated;
    }

    private static byte[] overwritten(Random random, byte[] encoded) {
        byte[] mutated = encoded.clone();
        byte[] noise = WireSamples.noise(random, 1 + random.nextInt(8));
        int at = random.nextInt(Math.max(1, mutated.length - noise.length + 1));
        System.arraycopy(noise, 0, mutated, at, Math.min(noise.length, mutated.length - at));
        return mutated;
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageKind.class,
            names = {
                "GET_HEADERS",
                "HEADERS",
                "GET_BLOCKS",
                "NOT_FOUND",
                "HAVE_TRANSACTIONS",
                "GET_TRANSACTIONS",
                "TRANSACTIONS"
            })
    void aCountWithoutContentIsRefusedBeforeMemoryIsTaken(MessageKind kind) {
        for (int count : new int[] {1, 32, 64, HUGE, -1}) {
            assertThatThrownBy(() -> codec.decode(
                            kind.number(), new Encoder(4).u32(count).toBytes()))
                    .isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void listsLongerThanTheirBoundsAreRefused() {
        assertTooLong(new WireMessage.GetHeaders(WireSamples.hashes(WireMessage.MAX_LOCATOR + 1)));
        assertTooLong(new WireMessage.GetBlocks(WireSamples.hashes(WireMessage.MAX_BLOCKS + 1)));
        assertTooLong(new WireMessage.NotFound(WireSamples.hashes(WireMessage.MAX_BLOCKS + 1)));
        assertTooLong(new WireMessage.HaveTransactions(WireSamples.hashes(WireMessage.MAX_TRANSACTIONS + 1)));
        assertTooLong(new WireMessage.GetTransactions(WireSamples.hashes(WireMessage.MAX_TRANSACTIONS + 1)));
        assertTooLong(new WireMessage.Headers(
                WireSamples.headers(WireSamples.hash(1), 1, WireMessage.MAX_HEADERS + 1, "a"), true));
    }

    private void assertTooLong(WireMessage message) {
        assertThatThrownBy(() -> codec.decode(kind(message), WireCodec.encode(message)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void headersThatAreNoChainAreRefused() {
        List<SealedHeader> headers = new ArrayList<>(WireSamples.headers(WireSamples.hash(1), 1, 3, "a"));
        headers.remove(1);
        WireMessage message = new WireMessage.Headers(headers, true);
        assertThatThrownBy(() -> codec.decode(kind(message), WireCodec.encode(message)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("no chain");
    }

    @Test
    void indexesMustAscendWithinABlock() {
        for (List<Integer> indexes : List.of(List.of(1, 1), List.of(2, 1), List.of(-1), List.of(HUGE))) {
            WireMessage message = new WireMessage.GetBlockTransactions(WireSamples.hash(1), indexes);
            assertThatThrownBy(() -> codec.decode(kind(message), WireCodec.encode(message)))
                    .isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void framesHoldTheLargestMessageOfTheirKind() {
        Hash hash = WireSamples.hash(1);
        int mostInABlock = Block.MAX_BYTES / Transaction.MIN_BYTES;
        assertFits(new WireMessage.GetHeaders(WireSamples.hashes(WireMessage.MAX_LOCATOR)));
        assertFits(new WireMessage.GetBlocks(WireSamples.hashes(WireMessage.MAX_BLOCKS)));
        assertFits(new WireMessage.NotFound(WireSamples.hashes(WireMessage.MAX_BLOCKS)));
        assertFits(new WireMessage.HaveTransactions(WireSamples.hashes(WireMessage.MAX_TRANSACTIONS)));
        assertFits(new WireMessage.GetTransactions(WireSamples.hashes(WireMessage.MAX_TRANSACTIONS)));
        assertFits(new WireMessage.CompactBlock(largestHeader(), Collections.nCopies(mostInABlock, new ShortId(1))));
        assertFits(new WireMessage.GetBlockTransactions(
                hash, java.util.stream.IntStream.range(0, mostInABlock).boxed().toList()));
        assertThat(MessageKind.TRANSACTIONS.maxBytes())
                .isGreaterThanOrEqualTo(4 + WireMessage.MAX_TRANSACTIONS * Transaction.MAX_BYTES);
        assertThat(MessageKind.BLOCK_BODY.maxBytes())
                .isGreaterThanOrEqualTo(4 + SealedBlock.MAX_SEAL_BYTES + Block.MAX_BYTES);
        assertThat(MessageKind.BLOCK_TRANSACTIONS.maxBytes()).isGreaterThanOrEqualTo(Hash.LENGTH + 4 + Block.MAX_BYTES);
    }

    private static SealedHeader largestHeader() {
        BlockHeader plain = WireSamples.header(WireSamples.hash(1), 1, "a", List.of());
        HeaderCore core = plain.core();
        HeaderCore largest = new HeaderCore(
                core.chainId(),
                core.height(),
                core.extraNonce(),
                core.timeMillis(),
                core.proposer(),
                core.transactionsRoot(),
                core.stateRoot(),
                core.receiptsRoot(),
                core.validatorsRoot(),
                ByteString.of(new byte[HeaderCore.MAX_ENGINE_FIELD_BYTES]));
        return new SealedHeader(
                new BlockHeader(BlockHeader.VERSION, plain.parent(), largest, 0, 0),
                ByteString.of(new byte[SealedBlock.MAX_SEAL_BYTES]));
    }

    private static void assertFits(WireMessage message) {
        assertThat(WireCodec.encode(message).length)
                .as("%s", MessageKind.of(message))
                .isLessThanOrEqualTo(MessageKind.of(message).maxBytes());
    }

    @Test
    void aHeaderKnowsItsEncodedSize() {
        SealedHeader header = largestHeader();
        Encoder out = new Encoder(64);
        header.encode(out);
        assertThat(out.toBytes()).hasSize(header.size());
    }

    @Test
    void aBlockOfTheJournalReadsBack() throws RejectedException {
        SealedBlock block = WireSamples.block(WireSamples.hash(1), 5, WireSamples.transactions(3));
        SealedBlock read = WireCodec.decodeBlock(WireCodec.encodeBlock(block));
        assertThat(read.block().id()).isEqualTo(block.block().id());
        assertThat(read.block().transactions()).hasSize(3);
        assertThat(read.seal()).isEqualTo(block.seal());
    }
}
