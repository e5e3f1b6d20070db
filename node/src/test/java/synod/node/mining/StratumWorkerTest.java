package synod.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker against a server whose every line the test writes. */
@Timeout(60)
class StratumWorkerTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String EASY = "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1e-9]}";

    private final ServerSocket listener = listen();
    private final NonceSearch search =
            new NonceSearch(new SearchSettings(1, OptionalLong.of(100_000)), KernelType.DIGEST, System::nanoTime);
    private Thread thread = new Thread();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        StratumUrl url = StratumUrl.parse("stratum+tcp://127.0.0.1:" + listener.getLocalPort());
        StratumWorker worker = new StratumWorker(url, "me", search, sentence -> {});
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                worker.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (UnauthorizedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        thread.interrupt();
        listener.close();
        search.close();
    }

    /** One connection of the worker. */
    private final class Connection implements AutoCloseable {
        final Socket socket = listener.accept();
        final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Connection() throws IOException {}

        JsonNode next(String method) throws IOException {
            JsonNode line = MAPPER.readTree(in.readLine());
            while (!line.path("method").asString("").equals(method)) {
                line = MAPPER.readTree(in.readLine());
            }
            return line;
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /** Answers what the worker begins with; says nothing of version rolling if there is no mask. */
        void welcome(String mask) throws IOException {
            JsonNode configure = next("mining.configure");
            if (!mask.isEmpty()) {
                send("{\"id\":" + configure.path("id") + ",\"result\":{\"version-rolling\":true,"
                        + "\"version-rolling.mask\":\"" + mask + "\"},\"error\":null}");
            }
            send("{\"id\":" + next("mining.subscribe").path("id") + ",\"result\":[[],\"01020304\",4],\"error\":null}");
            send("{\"id\":" + next("mining.authorize").path("id") + ",\"result\":true,\"error\":null}");
        }

        void job(String id) throws IOException {
            send("{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"" + id + "\",\"" + "00".repeat(32)
                    + "\",\"aa\",\"bb\",[],\"20000000\",\"1d00ffff\",\"5f5e1000\",true]}");
        }

        /** Lets the worker go through all that was sent, and the search a little way. */
        void settle() throws IOException {
            for (int i = 0; i < 100; i++) {
                send("{\"id\":7,\"method\":\"client.get_version\",\"params\":[]}");
                JsonNode line = MAPPER.readTree(in.readLine());
                while (!line.path("result").asString("").equals("synod")) {
                    assertThat(line.path("params").path(1).asString("")).isNotEqualTo("default");
                    line = MAPPER.readTree(in.readLine());
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void forgetsWithAConnectionWhatItsServerAllowedAndAskedFor() throws IOException {
        try (Connection first = new Connection()) {
            first.welcome("1fffe000");
            first.send(EASY);
            first.job("easy");
            assertThat(first.next("mining.submit").path("params").size()).isEqualTo(6);
        }
        try (Connection second = new Connection()) {
            second.welcome("");
            second.job("default");
            second.settle();
            second.send(EASY);
            second.job("easy");
            JsonNode submitted = second.next("mining.submit").path("params");
            assertThat(submitted.path(1).stringValue()).isEqualTo("easy");
            assertThat(submitted.size()).isEqualTo(5);
        }
    }
}
