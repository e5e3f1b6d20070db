package synod.consensus.pos;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.SlotClock;
import synod.chain.tree.BlockNode;
import synod.consensus.Entry;

/**
 * What keeps a node that was away for long from following a branch made with old keys: those whose stake came free since
 * it left have nothing to lose by signing another history, which such a node cannot tell from the true one. So it trusts
 * only a branch with a block on it that somebody trusted has named.
 *
 * <p>Up to that block's height it follows what there is, in order not to execute everything at once, but neither acts nor
 * learns anything there. How long it was away is told by the last head that it trusted: what its journal brings back after
 * a restart may be anybody's.
 */
final class Trust {
    private static final ByteString KEY = ByteString.of("trust/head-time".getBytes(StandardCharsets.US_ASCII));

    /** So often in an epoch is the time of the trusted head made durable. */
    private static final int NOTES = 4;

    private final Branches branches;
    private final Optional<WeakCheckpoint> checkpoint;
    private final long unbondingMillis;
    private final long awayMillis;
    private long trustedMillis;

    /**
     * Judges by what was trusted before the start.
     *
     * @param entries what the node has of an earlier life; where they say nothing about this, what is final was trusted
     */
    Trust(
            Branches branches,
            Optional<WeakCheckpoint> checkpoint,
            long unbondingMillis,
            FinalityState finality,
            SortedMap<ByteString, ByteString> entries,
            long startMillis) {
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.unbondingMillis = unbondingMillis;
        long finalMillis = branches.tree()
                .node(finality.finalized().block())
                .or(() -> branches.tree().canonical(0))
                .orElseThrow()
                .header()
                .timeMillis();
        this.trustedMillis = Math.max(finalMillis, read(entries));
        this.awayMillis = startMillis - trustedMillis;
    }

    private static long read(SortedMap<ByteString, ByteString> entries) {
        ByteString value = entries.get(KEY);
        try {
            return value == null ? 0 : new Decoder(value.bytes()).u63();
        } catch (RejectedException e) {
            throw new IllegalStateException("the entry " + KEY + " is none that was written here", e);
        }
    }

    /** Whether the branch that ends here may be the adopted one. */
    boolean mayFollow(BlockNode tip) {
        if (checkpoint.isPresent()) {
            return tip.height() < checkpoint.get().height()
                    || branches.contains(tip, checkpoint.get().block());
        }
        return !wasAwayTooLong() || tip.header().timeMillis() <= trustedMillis + noteMillis();
    }

    /** Whether the branch that ends here may be acted on, and finality be learned from it. */
    boolean isTrusted(BlockNode tip) {
        return mayFollow(tip)
                && (!wasAwayTooLong()
                        || checkpoint
                                .filter(named -> tip.height() >= named.height())
                                .isPresent());
    }

    /** What makes it durable that this head is trusted, now and then. */
    Optional<Entry> note(BlockNode head) {
        long millis = head.header().timeMillis();
        if (millis < trustedMillis + noteMillis() || !isTrusted(head)) {
            return Optional.empty();
        }
        trustedMillis = millis;
        return Optional.of(
                new Entry(KEY, ByteString.of(new Encoder(Long.BYTES).u64(millis).toBytes())));
    }

    private long noteMillis() {
        SlotClock clock = branches.clock();
        return clock.epochSlots() * clock.slotMillis() / NOTES;
    }

    /** Why the branch that the node is on is not trusted; empty if it is. */
    Optional<String> waitsFor() {
        BlockNode head = branches.tree().head();
        if (isTrusted(head)) {
            return Optional.empty();
        }
        if (checkpoint.isPresent()) {
            return Optional.of(
                    mayFollow(head)
                            ? "follows without acting up to the checkpoint " + checkpoint.get()
                            : "waits for the branch with the checkpoint " + checkpoint.get());
        }
        return Optional.of("waits for a checkpoint: the newest block that it trusted was " + seconds(awayMillis)
                + " old at the start, and after " + seconds(unbondingMillis)
                + " stake comes free, so that old keys can make another history at no cost; ask a node that you trust"
                + " for its head, and start with --checkpoint HEIGHT:ID");
    }

    private boolean wasAwayTooLong() {
        return awayMillis > unbondingMillis;
    }

    private static String seconds(long millis) {
        return millis / 1_000 + " s";
    }
}
