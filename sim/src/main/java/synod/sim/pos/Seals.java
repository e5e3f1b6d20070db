package synod.sim.pos;

import java.util.Optional;
import synod.chain.BlockHeader;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.stake.LeaderProof;
import synod.consensus.pos.JustificationCertificate;
import synod.consensus.pos.SlotSeal;

/** What stands in headers and seals, whoever made them. */
final class Seals {
    private Seals() {}

    static Optional<SlotSeal> read(ByteString seal) {
        try {
            return Optional.of(SlotSeal.decode(seal));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    static Optional<JustificationCertificate> certificate(BlockHeader header, ByteString seal) {
        return header.height() == 0 ? Optional.empty() : read(seal).flatMap(SlotSeal::certificate);
    }

    static LeaderProof proof(BlockHeader header) {
        try {
            return LeaderProof.decode(header.core().engineField());
        } catch (RejectedException e) {
            throw new IllegalStateException("an adopted block without a proof", e);
        }
    }
}
