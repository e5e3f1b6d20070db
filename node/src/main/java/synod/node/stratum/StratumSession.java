package synod.node.stratum;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.chain.BlockHeader;
import synod.consensus.pow.CompactBits;
import synod.crypto.Address;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One miner's connection: newline-delimited JSON, as miners have spoken it since 2012, with version rolling (BIP 310, BIP
 * 320).
 *
 * <p>A line that is no request closes the connection after a few; so do many refused shares in a row.
 */
final class StratumSession {
    /** A user name is an address, and after a dot what the miner likes to call its machine. */
    private static final int MAX_USER_CHARACTERS = 160;

    private static final int MAX_USERS = 16;
    private static final int MAX_DEFECTS = 10;
    private static final int MAX_REFUSED_IN_A_ROW = 200;

    /** What Bitcoin's pools use, in milliseconds: a miner that says nothing for so long is gone. */
    private static final long MAX_SILENCE_MILLIS = 900_000;

    private static final long MAX_LOGIN_MILLIS = 30_000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();

    private final StratumPool pool;
    private final int extraNonce1;
    private final Consumer<String> out;
    private final Consumer<String> close;
    private final Vardiff vardiff;
    private final long connectedMillis;
    private final Map<String, Address> users = new TreeMap<>();
    private final IssuedJobs issued = new IssuedJobs();

    private boolean subscribed;
    private boolean suggested;
    private int rollingMask;
    private double announced;
    private long heardMillis;
    private int defects;
    private int refusedInARow;

    /**
     * A connection that just opened.
     *
     * @param extraNonce1 what no other connection has
     * @param out sends a line
     * @param close ends the connection, for this reason
     */
    StratumSession(StratumPool pool, int extraNonce1, Consumer<String> out, Consumer<String> close, long nowMillis) {
        this.pool = pool;
        this.extraNonce1 = extraNonce1;
        this.out = out;
        this.close = close;
        this.vardiff = new Vardiff(StratumPool.FIRST_DIFFICULTY, nowMillis);
        this.connectedMillis = nowMillis;
        this.heardMillis = nowMillis;
    }

    /** Takes a line. */
    void receive(String line, long nowMillis) {
        heardMillis = nowMillis;
        JsonNode id = JSON.nullNode();
        Optional<Address> submitter = Optional.empty();
        try {
            JsonNode request = MAPPER.readTree(line);
            id = request.path("id");
            JsonNode parameters = request.path("params");
            if (!request.path("method").isString() || !(parameters.isArray() || parameters.isMissingNode())) {
                defect("a line that is no request");
                return;
            }
            submitter = Optional.ofNullable(users.get(parameters.path(0).asString("")));
            handle(request.path("method").stringValue(), parameters, id, nowMillis);
        } catch (JacksonException e) {
            defect("a line that is not JSON");
        } catch (StratumException e) {
            refuse(id, submitter, e, nowMillis);
        }
    }

    private void handle(String method, JsonNode parameters, JsonNode id, long nowMillis) throws StratumException {
        switch (method) {
            case "mining.subscribe" -> subscribe(id);
            case "mining.configure" -> reply(id, configure(parameters));
            case "mining.authorize" -> authorize(parameters, id);
            case "mining.submit" -> {
                submit(parameters, nowMillis);
                refusedInARow = 0;
                reply(id, JSON.booleanNode(true));
            }
            case "mining.suggest_difficulty" -> {
                suggest(parameters.path(0));
                reply(id, JSON.booleanNode(true));
            }
            // the extra nonce of a connection never changes
            case "mining.extranonce.subscribe" -> reply(id, JSON.booleanNode(true));
            default -> throw new StratumException(StratumError.OTHER, "unknown method");
        }
    }

    /** Existing miners take the very next line for the answer. Some authorize first. */
    private void subscribe(JsonNode id) {
        subscribed = true;
        String subscription = HEX.toHexDigits(extraNonce1);
        ArrayNode result = JSON.arrayNode();
        ArrayNode subscriptions = result.addArray();
        subscriptions.addArray().add("mining.set_difficulty").add(subscription);
        subscriptions.addArray().add("mining.notify").add(subscription);
        result.add(HEX.toHexDigits(extraNonce1)).add(StratumJob.EXTRA_NONCE_2_BYTES);
        reply(id, result);
        begin();
    }

    /** BIP 310; of its extensions there is version rolling. */
    private ObjectNode configure(JsonNode parameters) throws StratumException {
        ObjectNode result = JSON.objectNode();
        for (JsonNode extension : parameters.path(0)) {
            String name = extension.asString("");
            if (name.equals("version-rolling")) {
                String wanted = parameters.path(1).path("version-rolling.mask").asString("ffffffff");
                rollingMask = hex32(wanted, "version-rolling.mask") & BlockHeader.VERSION_ROLLING_MASK;
                result.put("version-rolling", rollingMask != 0);
                result.put("version-rolling.mask", HEX.toHexDigits(rollingMask));
            } else if (!name.isEmpty() && name.length() <= MAX_USER_CHARACTERS) {
                result.put(name, false);
            }
        }
        return result;
    }

    private void authorize(JsonNode parameters, JsonNode id) throws StratumException {
        String user = parameters.path(0).asString("");
        if (user.length() > MAX_USER_CHARACTERS || users.size() >= MAX_USERS && !users.containsKey(user)) {
            throw new StratumException(StratumError.UNAUTHORIZED, "too long a user name, or too many of them");
        }
        int dot = user.indexOf('.');
        users.put(user, pool.address(dot < 0 ? user : user.substring(0, dot)));
        reply(id, JSON.booleanNode(true));
        begin();
    }

    /** The first job, as soon as the miner may have one. */
    private void begin() {
        if (issued.isEmpty()) {
            pool.currentJob().ifPresent(job -> notify(job, true));
        }
    }

    /** One wish counts, and only before the first job: from then on the shares say what is right. */
    private void suggest(JsonNode difficulty) throws StratumException {
        double wanted = difficulty.asDouble(Double.NaN);
        if (!(wanted > 0) || Double.isInfinite(wanted)) {
            throw new StratumException(StratumError.OTHER, "a difficulty is a positive number");
        }
        if (issued.isEmpty() && !suggested) {
            suggested = true;
            vardiff.suggest(wanted);
        }
    }

    private void submit(JsonNode parameters, long nowMillis) throws StratumException {
        Address worker = worker(parameters.path(0).asString(""));
        String jobId = parameters.path(1).asString("");
        StratumJob job = pool.job(jobId).orElseThrow(StratumSession::stale);
        IssuedJobs.Issued rating = issued.find(jobId).orElseThrow(StratumSession::stale);
        if (hex32(parameters.path(3).asString(""), "ntime") != job.timeSeconds()) {
            throw new StratumException(StratumError.OTHER, "the time of a job may not be changed");
        }
        StratumJob.Share share = new StratumJob.Share(
                extraNonce(parameters.path(2).asString("")),
                version(job, parameters.path(5)),
                hex32(parameters.path(4).asString(""), "nonce"));
        BlockHeader header = job.header(share);
        boolean isBlock = job.bits().isMetBy(header.id());
        if (!isBlock && CompactBits.number(header.id()).compareTo(ShareTarget.of(rating.difficulty())) > 0) {
            throw new StratumException(StratumError.LOW_DIFFICULTY, "low difficulty share");
        }
        if (!isBlock && rating.isFull()) {
            throw new StratumException(StratumError.OTHER, "too many shares of one job");
        }
        if (!rating.isNew(share)) {
            throw new StratumException(StratumError.DUPLICATE, "duplicate share");
        }
        vardiff.share(rating.difficulty());
        try {
            pool.accepted(worker, rating.difficulty(), nowMillis);
        } finally {
            if (isBlock) {
                pool.found(job.block(header));
            }
        }
        adjust(nowMillis);
    }

    private static StratumException stale() {
        return new StratumException(StratumError.STALE, "job not found");
    }

    private Address worker(String user) throws StratumException {
        if (!subscribed) {
            throw new StratumException(StratumError.NOT_SUBSCRIBED, "not subscribed");
        }
        Address worker = users.get(user);
        if (worker == null) {
            throw new StratumException(StratumError.UNAUTHORIZED, "unauthorized worker");
        }
        return worker;
    }

    private long extraNonce(String extraNonce2) throws StratumException {
        // bytes in the order of the core, which reads them as a little-endian number
        return Integer.toUnsignedLong(Integer.reverseBytes(extraNonce1))
                | (long) Integer.reverseBytes(hex32(extraNonce2, "extranonce2")) << Integer.SIZE;
    }

    private int version(StratumJob job, JsonNode bits) throws StratumException {
        if (bits.isMissingNode()) {
            return job.version();
        }
        int rolled = hex32(bits.asString(""), "version bits");
        if ((rolled & ~rollingMask) != 0) {
            throw new StratumException(StratumError.OTHER, "version bits outside the mask");
        }
        return job.version() & ~rollingMask | rolled;
    }

    private static int hex32(String text, String field) throws StratumException {
        if (text.length() != 2 * Integer.BYTES) {
            throw new StratumException(StratumError.OTHER, field + " must be 8 hexadecimal digits");
        }
        try {
            return HexFormat.fromHexDigits(text);
        } catch (NumberFormatException e) {
            throw new StratumException(StratumError.OTHER, field + " must be 8 hexadecimal digits");
        }
    }

    /** Gives out a job, and before it the difficulty at which its shares are rated, if that is another than before. */
    void notify(StratumJob job, boolean clean) {
        if (!subscribed || users.isEmpty()) {
            return;
        }
        vardiff.within(DifficultyRange.of(job.bits()));
        double rated = issued.issue(job, vardiff.difficulty(), clean);
        if (rated != announced) {
            announced = rated;
            call("mining.set_difficulty", JSON.arrayNode().add(rated));
        }
        call("mining.notify", job.notification(clean));
    }

    /**
     * Adapts the difficulty to the shares of late. A lower one is announced for the job at hand, too; a higher one waits
     * for a job that this miner does not have yet, because those that it has keep their rating.
     */
    void adjust(long nowMillis) {
        vardiff.adjust(nowMillis);
        if (issued.isEmpty() || vardiff.difficulty() == announced) {
            return;
        }
        pool.newestJob()
                .filter(job -> vardiff.difficulty() < announced
                        || issued.find(job.id()).isEmpty())
                .ifPresent(job -> notify(job, false));
    }

    /** Ends the connection if nobody is there. */
    void endIfSilent(long nowMillis) {
        if (users.isEmpty() && nowMillis - connectedMillis > MAX_LOGIN_MILLIS) {
            close.accept("no authorization within " + MAX_LOGIN_MILLIS / 1_000 + " s");
        } else if (nowMillis - heardMillis > MAX_SILENCE_MILLIS) {
            close.accept("silent for " + MAX_SILENCE_MILLIS / 1_000 + " s");
        }
    }

    private void call(String method, ArrayNode parameters) {
        ObjectNode line = JSON.objectNode();
        line.putNull("id");
        line.put("method", method);
        line.set("params", parameters);
        send(line);
    }

    private void reply(JsonNode id, JsonNode result) {
        ObjectNode line = JSON.objectNode();
        line.set("id", id);
        line.set("result", result);
        line.putNull("error");
        send(line);
    }

    private void refuse(JsonNode id, Optional<Address> worker, StratumException refusal, long nowMillis) {
        pool.refused(worker, refusal.error(), nowMillis);
        ObjectNode line = JSON.objectNode();
        line.set("id", id);
        line.putNull("result");
        line.putArray("error").add(refusal.error().code()).add(refusal.reason()).addNull();
        send(line);
        if (++refusedInARow > MAX_REFUSED_IN_A_ROW) {
            close.accept("more than " + MAX_REFUSED_IN_A_ROW + " refusals in a row");
        }
    }

    private void send(ObjectNode line) {
        out.accept(MAPPER.writeValueAsString(line));
    }

    private void defect(String what) {
        if (++defects > MAX_DEFECTS) {
            close.accept(what);
        }
    }
}
