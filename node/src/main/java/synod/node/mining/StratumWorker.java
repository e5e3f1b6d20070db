package synod.node.mining;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import synod.chain.BlockHeader;
import synod.consensus.pow.search.KernelCalibration;
import synod.consensus.pow.search.KernelWarmUp;
import synod.consensus.pow.search.NonceSearch;
import synod.node.stratum.ShareTarget;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Works for a Stratum server on one connection after the other: subscribes, searches what it is given, submits what it
 * finds. When a connection ends it waits a little longer each time before the next.
 */
public final class StratumWorker {
    private static final long SUBSCRIBE = 1;
    private static final long AUTHORIZE = 2;
    private static final long CONFIGURE = 3;
    private static final long FIRST_SUBMIT = 10;

    /** What a server means that does not say. */
    private static final double DEFAULT_DIFFICULTY = 1;

    private final StratumUrl url;
    private final String user;
    private final NonceSearch search;
    private final Consumer<String> note;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong nextId = new AtomicLong(FIRST_SUBMIT);
    private Optional<KernelCalibration.Outcome> calibration = Optional.empty();
    private double difficulty = DEFAULT_DIFFICULTY;
    private long tasks;
    private volatile int rollingMask;
    private volatile WorkerTask.Subscription subscription = new WorkerTask.Subscription(new byte[0], 0, 0);

    /**
     * A worker that does nothing yet.
     *
     * @param user the name to work under: the address to be paid at
     * @param note takes sentences for a person
     */
    public StratumWorker(StratumUrl url, String user, NonceSearch search, Consumer<String> note) {
        this.url = url;
        this.user = user;
        this.search = search;
        this.note = note;
    }

    /** Shares that the server took. */
    public long accepted() {
        return accepted.get();
    }

    /** Shares that it did not. */
    public long refused() {
        return refused.get();
    }

    /** The kernels' speeds are known. */
    public synchronized void calibrated(KernelCalibration.Outcome outcome) {
        calibration = Optional.of(outcome);
        chooseKernel();
    }

    /** The fastest kernel that rolls no bits but those that the server leaves to miners, and that has not become slow. */
    private synchronized void chooseKernel() {
        calibration.ifPresent(outcome -> outcome.all().stream()
                .filter(speed -> isAllowed(speed.kernel().make().get().versions()))
                .map(KernelWarmUp.Speed::kernel)
                .filter(kernel -> !search.slowKernel().equals(Optional.of(kernel.name())))
                .findFirst()
                .ifPresent(kernel -> search.use(
                        kernel,
                        outcome.leastHashesPerSecond(),
                        name -> note.accept(
                                "the kernel " + name + " has become slow: the JIT has probably given up its code"))));
    }

    private boolean isAllowed(int versions) {
        int used = (versions - 1) << Integer.numberOfTrailingZeros(BlockHeader.VERSION_ROLLING_MASK);
        return (used & ~rollingMask) == 0;
    }

    /**
     * Works until the thread is interrupted.
     *
     * @throws UnauthorizedException if the server does not know the user: it never will
     */
    public void run() throws InterruptedException, UnauthorizedException {
        ReconnectDelay delay = new ReconnectDelay();
        while (true) {
            long acceptedBefore = accepted.get();
            try (StratumConnection connection = new StratumConnection(url)) {
                note.accept("connected to " + url);
                work(connection);
            } catch (IOException | JacksonException | IllegalArgumentException e) {
                note.accept(url + ": " + e.getMessage());
            } finally {
                search.cancel();
            }
            Thread.sleep(delay.nextMillis(accepted.get() > acceptedBefore));
        }
    }

    /** Nothing that an earlier server allowed or asked for is valid for this one. */
    private void work(StratumConnection connection) throws IOException, UnauthorizedException {
        difficulty = DEFAULT_DIFFICULTY;
        rollingMask = 0;
        chooseKernel();
        connection.request(
                CONFIGURE,
                "mining.configure",
                List.of("version-rolling"),
                Map.of("version-rolling.mask", HexFormat.of().toHexDigits(BlockHeader.VERSION_ROLLING_MASK)));
        connection.request(SUBSCRIBE, "mining.subscribe", "synod");
        while (true) {
            JsonNode line = connection.receive();
            if (line.path("method").isString()) {
                obey(connection, line);
            } else {
                answered(connection, line);
            }
        }
    }

    private void obey(StratumConnection connection, JsonNode line) throws IOException {
        JsonNode parameters = line.path("params");
        switch (line.path("method").stringValue()) {
            case "mining.set_difficulty" -> difficulty = parameters.path(0).asDouble(DEFAULT_DIFFICULTY);
            case "mining.notify" ->
                search.search(new WorkerTask(
                        WorkerTask.StratumJobFields.of(parameters),
                        subscription,
                        ShareTarget.strictest(difficulty),
                        tasks++,
                        (job, extraNonce2, time, nonce, versionBits) ->
                                submit(connection, job, extraNonce2, time, nonce, versionBits)));
            case "client.get_version" -> connection.reply(line.path("id"), "synod");
            case "client.show_message" ->
                note.accept(url + " says: " + parameters.path(0).asString(""));
            case "client.reconnect" -> throw new IOException("the server asks to connect again");
            default -> {
                // a server may know more than this worker
            }
        }
    }

    private void answered(StratumConnection connection, JsonNode line) throws IOException, UnauthorizedException {
        long id = line.path("id").asLong(0);
        boolean isRefused = !line.path("error").isNull() && !line.path("error").isMissingNode();
        JsonNode result = line.path("result");
        if (id == CONFIGURE) {
            rollingMask = isRefused ? 0 : mask(result);
            chooseKernel();
        } else if (id == SUBSCRIBE) {
            subscription = subscription(result);
            connection.request(AUTHORIZE, "mining.authorize", user, "");
        } else if (id == AUTHORIZE) {
            if (isRefused || !result.asBoolean(false)) {
                throw new UnauthorizedException(url + " refuses the user " + user + ": "
                        + line.path("error").path(1).asString("no reason"));
            }
        } else if (isRefused || !result.asBoolean(false)) {
            refused.incrementAndGet();
            note.accept("a share was refused: " + line.path("error").path(1).asString("no reason"));
        } else {
            accepted.incrementAndGet();
        }
    }

    private static int mask(JsonNode result) {
        return result.path("version-rolling").asBoolean(false)
                ? HexFormat.fromHexDigits(result.path("version-rolling.mask").asString(""))
                : 0;
    }

    private WorkerTask.Subscription subscription(JsonNode result) throws IOException {
        byte[] extraNonce1 = HexFormat.of().parseHex(result.path(1).asString(""));
        int size = result.path(2).asInt(0);
        if (size < WorkerTask.Subscription.MIN_EXTRA_NONCE_2 || size > WorkerTask.Subscription.MAX_EXTRA_NONCE_2) {
            throw new IOException("a second extra nonce of " + size + " bytes, which this worker cannot count");
        }
        return new WorkerTask.Subscription(extraNonce1, size, rollingMask);
    }

    private void submit(
            StratumConnection connection,
            String job,
            String extraNonce2,
            String time,
            String nonce,
            String versionBits) {
        long id = nextId.getAndIncrement();
        try {
            if (subscription.rollingMask() == 0) {
                connection.request(id, "mining.submit", user, job, extraNonce2, time, nonce);
            } else {
                connection.request(id, "mining.submit", user, job, extraNonce2, time, nonce, versionBits);
            }
        } catch (IOException e) {
            note.accept("a share was lost with the connection: " + e.getMessage());
        }
    }
}
