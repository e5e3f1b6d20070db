package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import synod.chain.Block;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import synod.node.mining.StratumUrl;
import synod.node.mining.StratumWorker;
import synod.node.mining.UnauthorizedException;

/** The server on real sockets. */
@Timeout(60)
class StratumServerTest {
    private static final int EASY = 0x1f00ffff;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<Block> found = new LinkedBlockingQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private StratumServer server;

    /** A socket that speaks lines. */
    private final class Client {
        final Socket socket;
        final BufferedReader in;
        final OutputStream out;

        Client() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
            clients.add(this);
        }

        void send(String line) throws IOException {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        void logIn() throws IOException {
            send("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}");
            send("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"" + TestMiner.ALICE + "\", \"\"]}");
        }

        boolean isCutOff() {
            try {
                return in.read() < 0;
            } catch (IOException e) {
                return true;
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        start(0);
    }

    private void start(int port) throws IOException {
        server = StratumServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                TestMiner.PREFIX,
                () -> System.nanoTime() / 1_000_000,
                new MinersWork(Optional.empty(), found::add));
    }

    @AfterEach
    void stop() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        server.close();
    }

    @Test
    void givesFiveHundredMinersDifferentWorkOnTheSameHead() throws IOException {
        server.candidate(TestMiner.candidate(1, EASY));
        Set<String> extraNonces = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            new Client().logIn();
        }
        for (Client client : clients) {
            String subscription = client.in.readLine();
            assertThat(subscription).contains("mining.notify");
            extraNonces.add(extraNonce(subscription));
            client.in.readLine(); // authorized
            assertThat(client.in.readLine()).contains("mining.set_difficulty");
            assertThat(client.in.readLine()).contains("mining.notify");
        }
        assertThat(extraNonces).hasSize(500);
        server.candidate(TestMiner.candidate(2, EASY));
        for (Client client : clients) {
            assertThat(client.in.readLine()).contains("mining.notify").endsWith("true]}");
        }
        await().atMost(PATIENCE).until(() -> server.status().miners() == 500);
    }

    @Test
    void leavesPlacesForOthersHoweverManyConnectionsAHostOpens() throws IOException {
        for (int i = 0; i < 512; i++) {
            new Client();
        }
        assertThat(new Client().isCutOff()).isTrue();
        clients.getFirst().socket.close();
        await().atMost(PATIENCE).until(this::serves);
    }

    @Test
    void answersALineThatCameTooFastLater() throws IOException {
        int lines = 4_096 + 250; // what is read at once, and what is read in a second
        Client fast = new Client();
        fast.out.write("{\"id\": 1, \"method\": \"mining.extranonce.subscribe\", \"params\": []}\n"
                .repeat(lines)
                .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < lines; i++) {
            assertThat(fast.in.readLine()).contains("true");
        }
        fast.logIn();
        assertThat(fast.in.readLine()).contains("mining.notify");
    }

    @Test
    void cutsOffALineWithoutEnd() throws IOException {
        Client endless = new Client();
        byte[] more = new byte[64 << 10];
        Arrays.fill(more, (byte) '[');
        try {
            for (int i = 0; i < 100; i++) {
                endless.out.write(more);
            }
        } catch (IOException e) {
            // already cut off
        }
        assertThat(endless.isCutOff()).isTrue();
        assertThat(serves()).isTrue();
    }

    @Test
    void cutsOffWhoeverSendsNonsense() throws IOException {
        Client hostile = new Client();
        // in one piece: a second one might come when the connection is cut off already
        hostile.send("nonsense\n".repeat(50));
        assertThat(hostile.isCutOff()).isTrue();
        assertThat(serves()).isTrue();
    }

    @Test
    void cutsOffAMinerThatDoesNotRead() throws IOException {
        server.candidate(TestMiner.candidate(1, EASY));
        Client deaf = new Client();
        deaf.socket.setSoTimeout(1);
        deaf.logIn();
        StringBuilder extensions = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            extensions.append("\"%02d%s\",".formatted(i, "x".repeat(150)));
        }
        String request = "{\"id\": 1, \"method\": \"mining.configure\", \"params\": [[" + extensions + "\"y\"]]}\n";
        byte[] many = request.repeat(200).getBytes(StandardCharsets.UTF_8);
        boolean cutOff = false;
        for (int i = 0; i < 1_000 && !cutOff; i++) {
            try {
                deaf.out.write(many);
            } catch (IOException e) {
                cutOff = true;
            }
        }
        assertThat(cutOff).isTrue();
        assertThat(serves()).isTrue();
    }

    @Test
    void doesNotGiveOutTheSameWorkAgainAfterARestart() throws IOException {
        Client before = new Client();
        before.logIn();
        String first = extraNonce(before.in.readLine());
        server.close();
        start();
        Client after = new Client();
        after.logIn();
        assertThat(extraNonce(after.in.readLine())).isNotEqualTo(first);
    }

    private static String extraNonce(String subscription) {
        return subscription.replaceAll(".*]],\"([0-9a-f]{8})\".*", "$1");
    }

    @Test
    void endsAWorkerWhoseUserItDoesNotKnow() {
        try (NonceSearch search =
                new NonceSearch(new SearchSettings(1, OptionalLong.of(1_000)), KernelType.DIGEST, System::nanoTime)) {
            StratumUrl url = StratumUrl.parse("stratum+tcp://127.0.0.1:" + server.port());
            assertThatThrownBy(() -> new StratumWorker(url, "nobody", search, sentence -> {}).run())
                    .isInstanceOf(UnauthorizedException.class)
                    .hasMessageContaining("refuses the user nobody");
        }
    }

    @Test
    void aWorkerConnectsAgainWhenTheServerIsBack() throws Exception {
        int port = server.port();
        try (RunningWorker worker = new RunningWorker(port)) {
            server.candidate(TestMiner.candidate(1, EASY));
            await().atMost(PATIENCE).until(() -> worker.accepted() > 0);
            server.close();
            long before = worker.accepted();
            start(port);
            server.candidate(TestMiner.candidate(2, EASY));
            await().atMost(PATIENCE).until(() -> worker.accepted() > before);
        }
    }

    @Test
    void takesABlockFromSynodsOwnWorker() throws Exception {
        try (RunningWorker worker = new RunningWorker(server.port())) {
            Block candidate = TestMiner.candidate(1, EASY);
            server.candidate(candidate);
            Block block = found.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(block).isNotNull();
            assertThat(block.header().parent()).isEqualTo(candidate.header().parent());
            await().atMost(PATIENCE).until(() -> worker.accepted() > 0);
            Block next = TestMiner.candidate(2, EASY);
            server.candidate(next);
            await().atMost(PATIENCE).until(() -> {
                Block later = found.poll(1, TimeUnit.SECONDS);
                return later != null
                        && later.header().parent().equals(next.header().parent());
            });
        }
    }

    private boolean serves() throws IOException {
        Client other = new Client();
        try {
            other.logIn();
            String line = other.in.readLine();
            return line != null && line.contains("mining.notify");
        } catch (SocketException e) {
            return false;
        }
    }
}
