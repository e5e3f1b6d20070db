package synod.consensus.pos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.Checkpoint;
import synod.consensus.Entry;
import synod.crypto.Hash;

/**
 * How far the chain is justified and final, as certificates show: a checkpoint with a certificate is justified, and one
 * from which a certificate leads to the next epoch's checkpoint is final (Casper FFG, section 2). Block 0 is both.
 */
final class FinalityState {
    private static final ByteString JUSTIFIED = key("finality/justified");
    private static final ByteString FINAL = key("finality/final");

    private Checkpoint justified;
    private Checkpoint finalized;
    private Optional<JustificationCertificate> certificate = Optional.empty();

    /** What the entries say; they begin with block 0. */
    FinalityState(Hash genesis, SortedMap<ByteString, ByteString> entries) {
        justified = new Checkpoint(0, genesis);
        finalized = justified;
        try {
            ByteString proof = entries.get(JUSTIFIED);
            if (proof != null) {
                JustificationCertificate read = JustificationCertificate.decode(new Decoder(proof.bytes()));
                certificate = Optional.of(read);
                justified = read.link().target();
            }
            ByteString last = entries.get(FINAL);
            if (last != null) {
                finalized = Checkpoint.decode(new Decoder(last.bytes()));
            }
        } catch (RejectedException e) {
            throw new IllegalStateException("the entries about finality are none that were written here", e);
        }
    }

    /** The justified checkpoint of the highest epoch. */
    Checkpoint justified() {
        return justified;
    }

    /** Why that is justified; empty of block 0. */
    Optional<JustificationCertificate> certificate() {
        return certificate;
    }

    /** The final checkpoint of the highest epoch. */
    Checkpoint finalized() {
        return finalized;
    }

    /** Takes a certificate that is good; returns what makes durable what it taught, nothing if it taught nothing. */
    List<Entry> learn(JustificationCertificate proof) {
        List<Entry> entries = new ArrayList<>();
        if (proof.link().target().epoch() > justified.epoch()) {
            justified = proof.link().target();
            certificate = Optional.of(proof);
            entries.add(new Entry(JUSTIFIED, proof.toByteString()));
        }
        if (proof.finalizesSource() && proof.link().source().epoch() > finalized.epoch()) {
            finalized = proof.link().source();
            Encoder out = new Encoder(48);
            finalized.encode(out);
            entries.add(new Entry(FINAL, ByteString.of(out.toBytes())));
        }
        return entries;
    }

    private static ByteString key(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
