package synod.node.mining;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.search.SearchTask;
import synod.consensus.pow.search.Solution;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import tools.jackson.databind.JsonNode;

/** A job of a Stratum server, as headers to search. Every solution is checked and handed on as a share. */
final class WorkerTask implements SearchTask {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEADER_BYTES = 80;

    private final StratumJobFields fields;
    private final Subscription subscription;
    private final BigInteger target;
    private final long firstExtraNonce2;
    private final ShareSink sink;

    /**
     * What a server said at subscription.
     *
     * @param rollingMask bits of the version that may be rolled
     */
    record Subscription(byte[] extraNonce1, int extraNonce2Bytes, int rollingMask) {
        /** The shortest second extra nonce that leaves a fast machine enough to do. */
        static final int MIN_EXTRA_NONCE_2 = 2;

        static final int MAX_EXTRA_NONCE_2 = 8;
    }

    /** The fields of {@code mining.notify}. */
    record StratumJobFields(
            String id,
            byte[] previous,
            byte[] prefix,
            byte[] suffix,
            List<byte[]> branches,
            int version,
            int bits,
            String time) {

        /**
         * Reads the parameters.
         *
         * @throws IllegalArgumentException if one of them is not what it must be
         */
        static StratumJobFields of(JsonNode parameters) {
            byte[] previous = HEX.parseHex(parameters.path(1).asString(""));
            if (previous.length != Hash.LENGTH) {
                throw new IllegalArgumentException("a job whose previous hash has " + previous.length + " bytes");
            }
            String time = parameters.path(7).asString("");
            HexFormat.fromHexDigits(time);
            return new StratumJobFields(
                    parameters.path(0).asString(""),
                    previous,
                    HEX.parseHex(parameters.path(2).asString("")),
                    HEX.parseHex(parameters.path(3).asString("")),
                    parameters
                            .path(4)
                            .valueStream()
                            .map(branch -> HEX.parseHex(branch.asString("")))
                            .toList(),
                    HexFormat.fromHexDigits(parameters.path(5).asString("")),
                    HexFormat.fromHexDigits(parameters.path(6).asString("")),
                    time);
        }
    }

    /** Takes shares, on the search's threads. */
    interface ShareSink {
        /** The fields of {@code mining.submit} after the user's name. */
        void submit(String job, String extraNonce2, String time, String nonce, String versionBits);
    }

    /**
     * A task.
     *
     * @param target the greatest number that a share's hash may be
     * @param firstExtraNonce2 another for every task: a server may give out a job twice, and would take no share twice
     */
    WorkerTask(
            StratumJobFields fields,
            Subscription subscription,
            BigInteger target,
            long firstExtraNonce2,
            ShareSink sink) {
        this.fields = fields;
        this.subscription = subscription;
        this.target = target;
        this.firstExtraNonce2 = firstExtraNonce2;
        this.sink = sink;
    }

    @Override
    public byte[] targetLittleEndian() {
        return CompactBits.littleEndian(target);
    }

    @Override
    public int firstNonce() {
        return 0;
    }

    @Override
    public byte[] header(long extraNonceIndex) {
        byte[] root = Sha256.doubleHash(
                        fields.prefix(), subscription.extraNonce1(), extraNonce2(extraNonceIndex), fields.suffix())
                .bytes();
        for (byte[] branch : fields.branches()) {
            root = Sha256.doubleHash(root, branch).bytes();
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(fields.version());
        ByteBuffer previous = ByteBuffer.wrap(fields.previous()); // each word's bytes arrive swapped
        while (previous.hasRemaining()) {
            header.putInt(previous.getInt());
        }
        return header.put(root)
                .putInt(HexFormat.fromHexDigits(fields.time()))
                .putInt(fields.bits())
                .array();
    }

    @Override
    public boolean endsWithFirstSolution() {
        return false;
    }

    @Override
    public void solved(long extraNonceIndex, Solution solution) {
        int rolled = solution.version() ^ fields.version();
        if ((rolled & ~subscription.rollingMask()) != 0) {
            return; // found before the search learnt that this server allows less
        }
        ByteBuffer header = ByteBuffer.wrap(header(extraNonceIndex)).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, solution.version()).putInt(HEADER_BYTES - Integer.BYTES, solution.nonce());
        if (CompactBits.number(Sha256.doubleHash(header.array())).compareTo(target) > 0) {
            throw new IllegalStateException(
                    "the kernel found " + solution + ", which does not meet the share's target");
        }
        sink.submit(
                fields.id(),
                HEX.formatHex(extraNonce2(extraNonceIndex)),
                fields.time(),
                HEX.toHexDigits(solution.nonce()),
                HEX.toHexDigits(solution.version() & subscription.rollingMask()));
    }

    private byte[] extraNonce2(long index) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(firstExtraNonce2 + index)
                .array();
        return Arrays.copyOf(bytes, subscription.extraNonce2Bytes());
    }
}
