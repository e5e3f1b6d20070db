package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockTree;
import synod.consensus.Consensus;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.wire.SealedHeader;

class SealCheckerTest {
    private static final ByteString GOOD = ByteString.of((byte) 1);
    private static final ByteString BAD = ByteString.of((byte) 2);

    private final AtomicInteger checks = new AtomicInteger();
    private final SealChecker checker = new SealChecker(new Counting());

    /** Takes every seal but one for good, and counts how often it is asked. */
    private final class Counting implements Consensus {
        @Override
        public Optional<Rejection> verifySeal(BlockHeader header, ByteString seal) {
            checks.incrementAndGet();
            return seal.equals(BAD) ? Optional.of(new Rejection(Reason.BAD_SEAL, "bad")) : Optional.empty();
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
            return Optional.empty();
        }

        @Override
        public BigInteger weight(BlockHeader header) {
            return BigInteger.ONE;
        }

        @Override
        public Finality.Kind finality() {
            return Finality.Kind.BYZANTINE;
        }

        @Override
        public Verified<Message> verifyMessage(byte[] encoded) {
            throw new AssertionError("no message is checked here");
        }
    }

    private static SealedHeader header(int height, ByteString seal) {
        HeaderCore core = new HeaderCore(
                Hash.ZERO,
                height,
                0,
                height,
                Address.NONE,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                ByteString.EMPTY);
        return new SealedHeader(new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, 0, 0), seal);
    }

    @Test
    void checksTheSameSealOnce() {
        for (int peer = 0; peer < 5; peer++) {
            assertThat(checker.check(List.of(header(7, GOOD)))).isEmpty();
        }
        assertThat(checks).hasValue(1);
    }

    @Test
    void checksAnotherSealOfAKnownBlock() {
        assertThat(checker.check(List.of(header(7, GOOD)))).isEmpty();
        assertThat(checker.check(List.of(header(7, BAD)))).isPresent();
        assertThat(checker.check(List.of(header(7, BAD)))).isPresent();
    }

    @Test
    void findsOneBadSealAmongMany() {
        List<SealedHeader> many = IntStream.range(0, 100)
                .mapToObj(height -> header(height, height == 63 ? BAD : GOOD))
                .toList();
        assertThat(checker.check(many)).map(Rejection::reason).contains(Reason.BAD_SEAL);
    }
}
