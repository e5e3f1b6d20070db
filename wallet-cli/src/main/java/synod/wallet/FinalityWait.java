package synod.wallet;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import synod.chain.transaction.Transaction;
import synod.wallet.terminal.Progress;

/** Waits until a submitted transaction is final enough, through reorganisations and nodes that come and go. */
final class FinalityWait {
    private static final long RESUBMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final NodeClient node;
    private final Output output;
    private final Progress progress;
    private final long pollMillis;

    private TransactionStatus last = new TransactionStatus.Unknown();
    private @Nullable String block;
    private @Nullable UnreachableException unreachable;
    private @Nullable String refusal;
    private long resubmittedAt;

    FinalityWait(NodeClient node, Output output, Progress progress, long pollMillis) {
        this.node = node;
        this.output = output;
        this.progress = progress;
        this.pollMillis = pollMillis;
    }

    /**
     * How the waiting ended.
     *
     * @param status the last that was seen
     * @param enough whether it is final enough
     * @param unreachable set if no node answered at the end
     * @param reason why it is not final enough, for people
     */
    record Outcome(
            TransactionStatus status, boolean enough, Optional<UnreachableException> unreachable, String reason) {}

    /**
     * Waits.
     *
     * @param depth how many blocks are enough where nothing is ever final
     * @return the last state; final enough unless the time ran out
     * @throws WalletException with {@link ExitCode#REJECTED} if it can no longer be included
     */
    Outcome await(Transaction transaction, long depth, long timeoutSeconds) {
        long start = System.nanoTime();
        long timeoutNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
        resubmittedAt = start - RESUBMIT_NANOS;
        try {
            while (true) {
                look(transaction);
                boolean enough = unreachable == null
                        && last instanceof TransactionStatus.Included included
                        && included.finality().isEnough(depth);
                if (enough || System.nanoTime() - start >= timeoutNanos) {
                    return new Outcome(last, enough, Optional.ofNullable(unreachable), reason(depth));
                }
                progress.show(reason(depth));
                sleep();
            }
        } finally {
            progress.clear();
        }
    }

    private void look(Transaction transaction) {
        try {
            last = node.status(transaction.id());
            unreachable = null;
            switch (last) {
                case TransactionStatus.Included included -> noteBlock(included.block());
                case TransactionStatus.Pending _ -> noteBlock(null);
                case TransactionStatus.Unknown _ -> {
                    noteBlock(null);
                    resubmit(transaction);
                }
            }
        } catch (UnreachableException e) {
            unreachable = e;
        }
    }

    private void noteBlock(@Nullable String now) {
        if (block != null && !block.equals(now)) {
            progress.clear();
            output.note("Block " + block + ", which held it, was replaced by another branch; "
                    + (now == null ? "waiting for it to be included again." : "it is now in block " + now + "."));
        }
        block = now;
    }

    /** A node that forgot it, or never had it, gets the same bytes again. */
    private void resubmit(Transaction transaction) {
        if (System.nanoTime() - resubmittedAt < RESUBMIT_NANOS) {
            return;
        }
        resubmittedAt = System.nanoTime();
        try {
            node.submit(transaction);
            refusal = null;
        } catch (RpcException e) {
            last = node.status(transaction.id());
            if (!(last instanceof TransactionStatus.Unknown)) {
                return;
            }
            if (e.reason().equals("nonce-used")) {
                throw new WalletException(
                        ExitCode.REJECTED,
                        "Transaction " + transaction.id() + " was dropped, and another one with nonce "
                                + transaction.nonce() + " of the same sender was included in its place.",
                        e);
            }
            refusal = e.getMessage();
        }
    }

    private String reason(long depth) {
        if (unreachable != null) {
            return unreachable.getMessage();
        }
        return switch (last) {
            case TransactionStatus.Unknown _ ->
                refusal == null ? "the node does not know it any more" : "the node does not take it again: " + refusal;
            case TransactionStatus.Pending pending -> pending.detail();
            case TransactionStatus.Included included ->
                "in block " + included.height() + ", " + included.finality().depth() + " deep"
                        + (included.finality().kind().equals("probabilistic") ? " of " + depth : "");
        };
    }

    private void sleep() {
        try {
            Thread.sleep(pollMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WalletException(ExitCode.FAILURE, "Interrupted while waiting.", e);
        }
    }
}
