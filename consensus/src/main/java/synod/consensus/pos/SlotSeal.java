package synod.consensus.pos;

import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.SlotClaim;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/**
 * A block's seal: the proposer's signature of its claim to the slot, and what is newly justified.
 *
 * @param proposer whose address the header names
 * @param signature of the {@link SlotClaim}, and nothing else
 * @param certificate of the highest checkpoint that the proposer knew to be justified, where no ancestor has it; the
 *     header commits to it
 */
public record SlotSeal(PublicKey proposer, Signature signature, Optional<JustificationCertificate> certificate) {
    /** Proposer, signature, u8 1 and the certificate, or u8 0. */
    public ByteString encode() {
        Encoder out = new Encoder(128).raw(proposer.bytes()).raw(signature.bytes());
        certificate.ifPresentOrElse(one -> out.u8(1).raw(one.encode()), () -> out.u8(0));
        return ByteString.of(out.toBytes());
    }

    /**
     * Reads a seal.
     *
     * @throws RejectedException {@code BAD_SEAL} if it is none
     */
    public static SlotSeal decode(ByteString seal) throws RejectedException {
        try {
            Decoder in = new Decoder(seal.bytes());
            PublicKey proposer = Vote.publicKey(in);
            Signature signature = Signature.of(in.raw(Signature.LENGTH));
            int flag = in.u8();
            if (flag > 1) {
                throw in.malformed("a flag of " + flag);
            }
            Optional<JustificationCertificate> certificate =
                    flag == 1 ? Optional.of(JustificationCertificate.decode(in)) : Optional.empty();
            in.finish();
            return new SlotSeal(proposer, signature, certificate);
        } catch (RejectedException e) {
            throw new RejectedException(
                    Reason.BAD_SEAL, "no slot seal, " + e.rejection().detail());
        }
    }

    /** The seal of a block that stands in the tree, and was read before. */
    static SlotSeal of(BlockHeader header, ByteString seal) {
        try {
            return decode(seal);
        } catch (RejectedException e) {
            throw new IllegalStateException("the seal of " + header.id() + " in the tree is none", e);
        }
    }

    /** What a header says of the certificate in its seal: its digest, or zero. */
    public static Hash digest(Optional<JustificationCertificate> certificate) {
        return certificate.map(JustificationCertificate::digest).orElse(Hash.ZERO);
    }
}
