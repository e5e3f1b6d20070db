package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final int LIMIT = 1 << 20;

    private final FrameDecoder decoder = new FrameDecoder(ControlKind.limits(kind -> kind < 20 ? LIMIT : 0));

    @Test
    void readsFramesHoweverTheStreamIsCut() throws Exception {
        Random random = new Random(3);
        ByteBuf stream = Unpooled.buffer();
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            byte[] payload = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(40_000)];
            random.nextBytes(payload);
            payloads.add(payload);
            stream.writeInt(payload.length).writeByte(16 + i % 4).writeBytes(payload);
        }

        List<Frame> frames = new ArrayList<>();
        while (stream.isReadable()) {
            ByteBuf piece = stream.readSlice(Math.min(stream.readableBytes(), 1 + random.nextInt(9_000)));
            while (piece.isReadable()) {
                decoder.read(piece).ifPresent(frames::add);
            }
        }

        assertThat(frames).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(frames.get(i).kind()).isEqualTo(16 + i % 4);
            assertThat(frames.get(i).payload()).isEqualTo(payloads.get(i));
        }
        assertThat(decoder.midFrame()).isFalse();
    }

    @Test
    void takesMemoryOnlyAsBytesArrive() throws Exception {
        Optional<Frame> frame = decoder.read(Unpooled.buffer().writeInt(LIMIT).writeByte(16));

        assertThat(frame).isEmpty();
        assertThat(decoder.midFrame()).isTrue();
        assertThat(decoder.expectedBytes()).isEqualTo(LIMIT);
        assertThat(decoder.reservedBytes()).isZero();

        decoder.read(Unpooled.wrappedBuffer(new byte[30_000]));
        assertThat(decoder.reservedBytes()).isBetween(30_000, 60_000);
    }

    @Test
    void refusesOneByteAboveTheLimit() throws Exception {
        assertPoints(Penalty.OVERSIZE, () -> decoder.read(header(LIMIT + 1, 16)));
    }

    @Test
    void refusesALengthThatLooksNegative() {
        assertPoints(Penalty.OVERSIZE, () -> decoder.read(header(-1, 16)));
    }

    @Test
    void refusesAKindThatTheNodeDoesNotKnow() {
        assertPoints(Penalty.UNKNOWN_KIND, () -> decoder.read(header(0, 20)));
    }

    @Test
    void refusesAKindThatThisModuleKeepsForItself() {
        assertPoints(Penalty.UNKNOWN_KIND, () -> decoder.read(header(0, Frame.FIRST_NODE_KIND - 1)));
    }

    @Test
    void boundsItsOwnKinds() {
        assertPoints(Penalty.OVERSIZE, () -> decoder.read(header(9, ControlKind.PING.number())));
    }

    private static ByteBuf header(int length, int kind) {
        return Unpooled.buffer().writeInt(length).writeByte(kind);
    }

    private static void assertPoints(int points, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.points()).isEqualTo(points));
    }
}
