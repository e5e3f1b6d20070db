package synod.p2p;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import synod.crypto.Hash;

/**
 * The first frame each way: what must agree for two nodes to talk, and what they tell of themselves.
 *
 * @param protocolVersion must agree
 * @param chainId must agree
 * @param genesisDigest must agree
 * @param features bits that mean something to the node; need not agree
 * @param listenPort where the sender accepts connections, 0 for nowhere
 * @param agent name and version of the software: at most {@value #MAX_AGENT_CHARS} printable ASCII characters
 * @param instanceNonce random for each start of a process: tells a connection to oneself, and a restarted peer
 */
public record Hello(
        int protocolVersion,
        Hash chainId,
        Hash genesisDigest,
        long features,
        int listenPort,
        String agent,
        long instanceNonce) {
    /** The longest agent. */
    public static final int MAX_AGENT_CHARS = 64;

    private static final int FIXED_BYTES = 4 + 32 + 32 + 8 + 2 + 8 + 1;

    /** The longest encoding. Roomy, so that a later version's longer one can still be told what differs. */
    static final int MAX_BYTES = 1024;

    /** Checks the bounds. */
    public Hello {
        if (listenPort < 0 || listenPort > 65_535) {
            throw new IllegalArgumentException("a listening port lies in 0..65535, not " + listenPort);
        }
        if (agent.length() > MAX_AGENT_CHARS || !agent.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "an agent has at most " + MAX_AGENT_CHARS + " characters, all printable ASCII");
        }
    }

    /** The same with another listening port. */
    Hello withListenPort(int port) {
        return new Hello(protocolVersion, chainId, genesisDigest, features, port, agent, instanceNonce);
    }

    /**
     * What keeps two nodes from talking, as a clause that names the field and both values and reads the same on both
     * sides; empty if nothing does.
     *
     * @param weDialled whether this hello is the dialler's
     */
    Optional<String> mismatch(Hello theirs, boolean weDialled) {
        if (protocolVersion != theirs.protocolVersion) {
            return Optional.of(versionMismatch(theirs.protocolVersion, weDialled));
        }
        if (!chainId.equals(theirs.chainId)) {
            return Optional.of(differs("chain id", chainId, theirs.chainId, weDialled));
        }
        if (!genesisDigest.equals(theirs.genesisDigest)) {
            return Optional.of(differs("genesis digest", genesisDigest, theirs.genesisDigest, weDialled));
        }
        return Optional.empty();
    }

    /** The clause for two protocol versions. */
    String versionMismatch(int theirs, boolean weDialled) {
        return differs("protocol version", protocolVersion, theirs, weDialled);
    }

    private static String differs(String field, Object ours, Object theirs, boolean weDialled) {
        return field + " differs: the dialler has " + (weDialled ? ours : theirs) + ", the listener "
                + (weDialled ? theirs : ours);
    }

    byte[] encode() {
        byte[] agentBytes = agent.getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = new byte[FIXED_BYTES + agentBytes.length];
        ByteBuf out = Unpooled.wrappedBuffer(encoded).clear();
        out.writeInt(protocolVersion).writeBytes(chainId.bytes()).writeBytes(genesisDigest.bytes());
        out.writeLong(features).writeShort(listenPort).writeLong(instanceNonce);
        out.writeByte(agentBytes.length).writeBytes(agentBytes);
        return encoded;
    }

    /**
     * The protocol version alone, which comes first in every version's encoding.
     *
     * @throws MalformedFrameException if it is not there
     */
    static int decodeVersion(byte[] encoded) throws MalformedFrameException {
        if (encoded.length < 4) {
            throw new MalformedFrameException("a hello of " + encoded.length + " bytes");
        }
        return Unpooled.wrappedBuffer(encoded).readInt();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedFrameException if the bytes are anything else
     */
    static Hello decode(byte[] encoded) throws MalformedFrameException {
        if (encoded.length < FIXED_BYTES || encoded.length != FIXED_BYTES + (encoded[FIXED_BYTES - 1] & 0xff)) {
            throw new MalformedFrameException("a hello of " + encoded.length + " bytes");
        }
        ByteBuf in = Unpooled.wrappedBuffer(encoded);
        int version = in.readInt();
        Hash chainId = readHash(in);
        Hash genesisDigest = readHash(in);
        long features = in.readLong();
        int listenPort = in.readUnsignedShort();
        long instanceNonce = in.readLong();
        byte[] agentBytes = new byte[in.readUnsignedByte()];
        in.readBytes(agentBytes);
        try {
            String agent = new String(agentBytes, StandardCharsets.ISO_8859_1);
            return new Hello(version, chainId, genesisDigest, features, listenPort, agent, instanceNonce);
        } catch (IllegalArgumentException e) {
            throw new MalformedFrameException("a hello is refused: " + e.getMessage());
        }
    }

    private static Hash readHash(ByteBuf in) {
        byte[] bytes = new byte[Hash.LENGTH];
        in.readBytes(bytes);
        return Hash.of(bytes);
    }
}
