package synod.consensus.pbft;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.Entry;

/**
 * Keeps a member that lost its disk from contradicting votes that it no longer remembers.
 *
 * <p>The first start on an empty disk is noted with its time. A height may be voted on when it opened after that, which
 * its parent's time shows: what was signed before the loss was signed for heights that were open then. The first height
 * is exempt, for it is where all members of a new network begin; and so are sets in which every quorum is everybody,
 * for there no other member can have gone on without this one's vote. So is a height whose parent this member committed to
 * since: it takes part, and what it forgot is older. For clocks differ, and members of a new network must not all wait
 * for a block whose time is after every start.
 *
 * @param sinceMillis when the disk was empty
 */
record Probation(long sinceMillis) {
    private static final ByteString KEY = ByteString.of("pbft/joined".getBytes(StandardCharsets.US_ASCII));

    /** What the disk says, if it is not empty. */
    static Optional<Probation> read(SortedMap<ByteString, ByteString> entries) {
        ByteString value = entries.get(KEY);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Probation(new Decoder(value.bytes()).u63()));
        } catch (RejectedException e) {
            throw new IllegalStateException("the entry of the first start is none that this engine wrote", e);
        }
    }

    Entry entry() {
        return new Entry(KEY, ByteString.of(new Encoder(8).u64(sinceMillis).toBytes()));
    }

    /**
     * Whether nothing that was signed before the loss can contradict a vote at this height.
     *
     * @param lastCommit the height of this member's last commit since its disk was empty
     */
    boolean allows(OpenHeight open, Optional<Long> lastCommit) {
        return open.height() == 1
                || lastCommit.filter(height -> height >= open.height() - 1).isPresent()
                || open.quorum().size() == open.members().size()
                || open.parent().header().timeMillis() > sinceMillis;
    }
}
