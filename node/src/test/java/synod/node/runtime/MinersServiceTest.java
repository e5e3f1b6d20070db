package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.replica.ChainGenesis;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;
import synod.node.rpc.port.PoolPort;

/** The server and the accounts together, spoken to over a socket. */
@Timeout(60)
class MinersServiceTest {
    private static final String PREFIX = "miners";
    private static final String MINER = DevelopmentKeys.address("alice").format(PREFIX);
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);
    private static final ChainGenesis CHAIN = new ChainGenesis(new Genesis(
            "miners",
            PREFIX,
            true,
            1_790_000_000_000L,
            new EngineParameters.Pow(new PowParameters(1_000, 60_000, EASIEST, EASIEST, 60_000, 11)),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
            List.of()));

    @TempDir
    private Path directory;

    private final BlockingQueue<Block> found = new LinkedBlockingQueue<>();

    /** A replica that has not started: whoever asks it for something ends the test. */
    private static final ReplicaClient NOT_STARTED = new ReplicaClient() {
        @Override
        public <T> CompletableFuture<T> read(Function<ReplicaView, T> query) {
            throw new AssertionError("the replica was read");
        }

        @Override
        public CompletableFuture<Optional<Rejection>> submit(Verified<Transaction> transaction) {
            throw new AssertionError("a transaction was submitted");
        }

        @Override
        public Runnable subscribe(Consumer<ReplicaEvent> listener) {
            throw new AssertionError("somebody subscribed");
        }
    };

    private MinersService service(Address payout) throws IOException {
        return new MinersService(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CHAIN,
                payout,
                DevelopmentKeys.key("carol"),
                NOT_STARTED,
                directory,
                found::add);
    }

    @Test
    void handsOnABlockThatAMinerFoundAndKeepsHowItIsDivided() throws Exception {
        Address own = DevelopmentKeys.address("carol");
        MinersService service = service(own);
        try {
            service.candidate(CHAIN.block0());
            mine(service.port());
            assertThat(found.poll(30, TimeUnit.SECONDS)).isNotNull();
            await().atMost(Duration.ofSeconds(30)).until(() -> status(service).blocks() > 0);
            assertThat(status(service).accepted()).isPositive();
            assertThat(status(service).accounts()).contains(new PoolPort.Accounts(0, 0, 0, 0));
        } finally {
            service.close();
        }
        MinersService again = service(own);
        again.close();
        assertThat(directory).isDirectoryContaining("glob:**pool-*");
    }

    @Test
    void dividesNothingWhereTheRewardsGoToAnotherAddress() throws IOException {
        MinersService service = service(DevelopmentKeys.address("bob"));
        try {
            assertThat(status(service).accounts()).isEmpty();
        } finally {
            service.close();
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static PoolPort.PoolStatus status(MinersService service) {
        return service.status().orElseThrow();
    }

    /** Submits nonce after nonce: every second hash is a block. */
    private static void mine(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            send(socket, "mining.subscribe", "");
            send(socket, "mining.authorize", "\"" + MINER + "\", \"\"");
            String line = in.readLine();
            while (!line.contains("mining.notify\",\"params")) {
                line = in.readLine();
            }
            String[] fields = line.replaceAll(".*\"params\":\\[", "").split(",", -1);
            for (int nonce = 0; nonce < 64; nonce++) {
                send(
                        socket,
                        "mining.submit",
                        "\"" + MINER + "\", " + fields[0] + ", \"00000000\", " + fields[7] + ", \""
                                + String.format("%08x", nonce) + "\"");
            }
            for (int answer = 0; answer < 64; answer++) {
                in.readLine();
            }
        }
    }

    private static void send(Socket socket, String method, String parameters) throws IOException {
        socket.getOutputStream()
                .write(("{\"id\": 1, \"method\": \"" + method + "\", \"params\": [" + parameters + "]}\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
