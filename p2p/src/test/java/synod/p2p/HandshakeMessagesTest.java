package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class HandshakeMessagesTest {
    private static final Hash A = Sha256.hash(new byte[] {1});
    private static final Hash B = Sha256.hash(new byte[] {2});
    private static final Hello HELLO = new Hello(3, A, B, -1L, 65_535, "synod/0.1", Long.MIN_VALUE);

    @Test
    void helloDecodesToItself() throws Exception {
        assertThat(Hello.decode(HELLO.encode())).isEqualTo(HELLO);
    }

    @Test
    void helloOfAnyOtherLengthIsRefused() {
        byte[] encoded = HELLO.encode();
        for (int length = 0; length <= encoded.length + 1; length++) {
            if (length != encoded.length) {
                byte[] other = Arrays.copyOf(encoded, length);
                assertThatThrownBy(() -> Hello.decode(other)).isInstanceOf(MalformedFrameException.class);
            }
        }
    }

    @Test
    void helloWithAnUnprintableAgentIsRefused() {
        byte[] encoded = HELLO.encode();
        encoded[encoded.length - 1] = '\n';
        assertThatThrownBy(() -> Hello.decode(encoded)).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void versionIsReadFromAHelloOfAnotherFormat() throws Exception {
        assertThat(Hello.decodeVersion(new byte[] {0, 0, 1, 2, 9, 9})).isEqualTo(258);
    }

    @Test
    void mismatchNamesTheFieldAndReadsTheSameOnBothSides() {
        Hello otherChain = new Hello(3, B, B, 0, 1, "", 0);
        Hello otherGenesis = new Hello(3, A, A, 0, 1, "", 0);
        Hello otherVersion = new Hello(4, A, B, 0, 1, "", 0);

        assertThat(HELLO.mismatch(otherChain, true))
                .contains("chain id differs: the dialler has " + A + ", the listener " + B)
                .isEqualTo(otherChain.mismatch(HELLO, false));
        assertThat(HELLO.mismatch(otherGenesis, false))
                .contains("genesis digest differs: the dialler has " + A + ", the listener " + B);
        assertThat(HELLO.mismatch(otherVersion, true))
                .contains("protocol version differs: the dialler has 3, the listener 4");
    }

    @Test
    void whatNeedNotAgreeIsNoMismatch() {
        assertThat(HELLO.mismatch(new Hello(3, A, B, 7, 1, "other", 5), true)).isEmpty();
    }

    @Test
    void goodbyeDecodesToItself() {
        for (Goodbye.Code code : Goodbye.Code.values()) {
            Goodbye goodbye = new Goodbye(code, "because");
            assertThat(Goodbye.decode(goodbye.toFrame().payload())).isEqualTo(goodbye);
        }
    }

    @Test
    void goodbyeCarriesNothingThatCouldForgeALogLine() {
        assertThat(Goodbye.decode(new byte[] {99, 'a', '\n', 27, (byte) 0xff}))
                .isEqualTo(new Goodbye(Goodbye.Code.LEAVING, "a???"));
        assertThat(Goodbye.decode(new byte[0]).text()).isEmpty();
        assertThat(new Goodbye(Goodbye.Code.FULL, "x".repeat(1_000)).toFrame().payload())
                .hasSize(Goodbye.MAX_BYTES);
    }

    @Test
    void peersDecodeToThemselves() throws Exception {
        PeersMessage peers = new PeersMessage(
                List.of(PeerAddress.parse("203.0.113.9:1"), PeerAddress.parse("[2001:db8:0:0:0:0:0:1]:65535")));
        assertThat(PeersMessage.decode(peers.toFrame().payload())).isEqualTo(peers);
    }

    @Test
    void aFullListOfPeersFitsItsLimit() {
        PeerAddress address = PeerAddress.parse("[2001:db8:0:0:0:0:0:1]:65535");
        PeersMessage peers = new PeersMessage(IntStream.range(0, PeersMessage.MAX_ADDRESSES)
                .mapToObj(i -> address)
                .toList());
        assertThat(peers.toFrame().payload()).hasSize(PeersMessage.MAX_BYTES);
    }

    @Test
    void noListOfPeersBreaksTheDecoder() {
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            if (payload.length > 1) {
                payload[0] = (byte) random.nextInt(4);
                payload[1] = (byte) (random.nextBoolean() ? 4 : 16);
            }
            try {
                PeersMessage.decode(payload);
            } catch (MalformedFrameException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }
}
