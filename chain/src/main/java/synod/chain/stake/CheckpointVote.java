package synod.chain.stake;

import java.nio.charset.StandardCharsets;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * A vote for a link from one checkpoint to a later one (V. Buterin and V. Griffith, "Casper the Friendly Finality
 * Gadget", arXiv:1710.09437, section 2).
 *
 * @param source a justified checkpoint
 * @param target one of a later epoch, a descendant of it
 */
public record CheckpointVote(Checkpoint source, Checkpoint target) implements StakeStatement {
    /** No signature over anything else begins with these bytes. */
    private static final byte[] DOMAIN = "synod checkpoint vote 1".getBytes(StandardCharsets.US_ASCII);

    /** Refuses a link that does not lead forward. */
    public CheckpointVote {
        if (source.epoch() >= target.epoch()) {
            throw new IllegalArgumentException(
                    "a link from epoch " + source.epoch() + " to epoch " + target.epoch() + " does not lead forward");
        }
    }

    @Override
    public Kind kind() {
        return Kind.VOTE;
    }

    @Override
    public byte[] signedBytes(Hash chainId) {
        Encoder out = new Encoder(DOMAIN.length + 3 * Hash.LENGTH + 2 * Long.BYTES)
                .raw(DOMAIN)
                .hash(chainId);
        encode(out);
        return out.toBytes();
    }

    /**
     * Whether they are two different votes for one target epoch (commandment I), or the link of one spans the other's
     * (commandment II).
     */
    @Override
    public boolean contradicts(StakeStatement other) {
        return other instanceof CheckpointVote vote
                && (target.epoch() == vote.target.epoch() && !equals(vote) || surrounds(vote) || vote.surrounds(this));
    }

    private boolean surrounds(CheckpointVote inner) {
        return source.epoch() < inner.source.epoch() && inner.target.epoch() < target.epoch();
    }

    /** Appends source and target. */
    @Override
    public void encode(Encoder out) {
        source.encode(out);
        target.encode(out);
    }

    /** Reads a vote. */
    public static CheckpointVote decode(Decoder in) throws RejectedException {
        Checkpoint source = Checkpoint.decode(in);
        Checkpoint target = Checkpoint.decode(in);
        if (source.epoch() >= target.epoch()) {
            throw in.malformed("a link that does not lead forward");
        }
        return new CheckpointVote(source, target);
    }
}
