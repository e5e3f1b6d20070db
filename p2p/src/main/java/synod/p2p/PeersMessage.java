package synod.p2p;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of peers: a count byte, then for each the length of its IP address (4 or 16), the address, and the port.
 *
 * <p>Only IP addresses travel, never names: a name would let a stranger make us ask resolvers. No node ids either: they
 * could not be believed, and a false one could keep us from dialling.
 *
 * @param addresses at most {@value #MAX_ADDRESSES}, all IP literals
 */
record PeersMessage(List<PeerAddress> addresses) {
    static final int MAX_ADDRESSES = 64;
    static final int MAX_BYTES = 1 + MAX_ADDRESSES * (1 + 16 + 2);

    Frame toFrame() {
        ByteBuf out = Unpooled.buffer(MAX_BYTES, MAX_BYTES).writeByte(addresses.size());
        for (PeerAddress address : addresses) {
            byte[] ip = address.literal()
                    .orElseThrow(() -> new IllegalStateException("not an IP address: " + address))
                    .getAddress();
            out.writeByte(ip.length).writeBytes(ip).writeShort(address.port());
        }
        byte[] payload = new byte[out.readableBytes()];
        out.readBytes(payload);
        return ControlKind.PEERS.frame(payload);
    }

    static PeersMessage decode(byte[] payload) throws MalformedFrameException {
        try {
            ByteBuf in = Unpooled.wrappedBuffer(payload);
            int count = in.readUnsignedByte();
            if (count > MAX_ADDRESSES) {
                throw new MalformedFrameException(count + " peers in one frame");
            }
            List<PeerAddress> addresses = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int length = in.readUnsignedByte();
                if (length != 4 && length != 16) {
                    throw new MalformedFrameException("an IP address of " + length + " bytes");
                }
                byte[] ip = new byte[length];
                in.readBytes(ip);
                addresses.add(PeerAddress.of(InetAddress.getByAddress(ip), in.readUnsignedShort()));
            }
            if (in.isReadable()) {
                throw new MalformedFrameException(in.readableBytes() + " bytes after the last peer");
            }
            return new PeersMessage(List.copyOf(addresses));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | UnknownHostException e) {
            throw new MalformedFrameException("a list of peers is refused: " + e.getMessage());
        }
    }
}
