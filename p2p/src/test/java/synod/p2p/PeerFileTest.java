package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.crypto.Sha256;
import synod.p2p.policy.AddressGroup;
import synod.p2p.policy.PenaltyBook;

class PeerFileTest {
    private static final PeerFile CONTENT = new PeerFile(
            Sha256.hash(new byte[1]),
            List.of(
                    new PeerTable.Entry(
                            PeerAddress.of("203.0.113.1", 5), InetAddress.ofLiteral("198.51.100.1"), true, 7, 6, 0),
                    new PeerTable.Entry(
                            PeerAddress.of("2001:db8:0:0:0:0:0:1", 6), InetAddress.ofLiteral("::1"), false, 8, 0, 2)),
            List.of(new PenaltyBook.Entry<>(new NodeId(Sha256.hash(new byte[2])), 99, 3, "a frame of  odd size")),
            List.of(new PenaltyBook.Entry<>(new AddressGroup("203.0.113.0/24"), 98, 1, "no TLS")));

    @TempDir
    private Path directory;

    @Test
    void readsWhatItWroteAndLeavesNothingBeside() throws IOException {
        Path file = directory.resolve("peers");
        CONTENT.save(file);
        CONTENT.save(file);

        assertThat(PeerFile.load(file)).contains(CONTENT);
        assertThat(directory.toFile().list()).containsExactly("peers");
    }

    @Test
    void findsNothingWhereNoFileIs() throws IOException {
        assertThat(PeerFile.load(directory.resolve("peers"))).isEmpty();
    }

    @Test
    void noticesACutFileWhereverItIsCut() throws IOException {
        Path file = directory.resolve("peers");
        CONTENT.save(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PeerFile.load(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("peers");
        }
    }

    @Test
    void noticesLinesThatMeanNothing() throws IOException {
        Path file = directory.resolve("peers");
        String secret = "secret " + "00".repeat(32);
        for (String line :
                List.of("tried", "other x", "new host:1 ::1 1 1 1", "new 1.2.3.4:1 ::1 x 1 1", "ban-node q 1 1 r")) {
            Files.write(file, List.of("synod-peers 1", secret, line, "end 3"));
            assertThatThrownBy(() -> PeerFile.load(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }
}
