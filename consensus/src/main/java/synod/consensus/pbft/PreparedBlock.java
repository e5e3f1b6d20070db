package synod.consensus.pbft;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.Entry;
import synod.crypto.Hash;

/**
 * What a restarted member must still have of the open height: the certificate of what it prepared last, and the body of
 * that block or of the one that it proposed freely. Bodies have an entry of their own: a primary writes it once.
 */
final class PreparedBlock {
    private static final ByteString CERTIFICATE = ByteString.of("pbft/prepared".getBytes(StandardCharsets.US_ASCII));
    private static final ByteString BODY = ByteString.of("pbft/body".getBytes(StandardCharsets.US_ASCII));

    private PreparedBlock() {}

    static Entry entry(PreparedCertificate certificate) {
        Encoder out = new Encoder(512);
        certificate.encode(out);
        return new Entry(CERTIFICATE, ByteString.of(out.toBytes()));
    }

    static Entry entry(Block body) {
        return new Entry(BODY, ByteString.of(body.encode()));
    }

    /** The certificate, if it is of this height. */
    static Optional<PreparedCertificate> certificate(
            SortedMap<ByteString, ByteString> entries, Hash chainId, long height) {
        return read(entries, CERTIFICATE, in -> PreparedCertificate.decode(in, chainId))
                .filter(certificate -> certificate.height() == height);
    }

    /** The body, if it is of this height. */
    static Optional<Block> body(SortedMap<ByteString, ByteString> entries, long height) {
        return read(entries, BODY, Block::decode).filter(block -> block.height() == height);
    }

    private interface Reader<T> {
        T read(Decoder in) throws RejectedException;
    }

    private static <T> Optional<T> read(SortedMap<ByteString, ByteString> entries, ByteString key, Reader<T> reader) {
        ByteString value = entries.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(new Decoder(value.bytes())));
        } catch (RejectedException e) {
            throw new IllegalStateException("an entry of a prepared block is none that this engine wrote", e);
        }
    }
}
