package synod.wallet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import synod.chain.Amount;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.wallet.terminal.Progress;

/** A command that makes a transaction, and may wait for it. */
abstract class SubmittingCommand extends WalletSubcommand {
    private static final long MAX_TIMEOUT_SECONDS = 7 * 24 * 3600;

    @Option(
            names = "--fee",
            paramLabel = "COINS",
            description = "Fee for the block's proposer. Default: a quarter above the network's minimum.")
    private @Nullable Amount fee;

    @Option(names = "--wait", description = "Wait until the transaction is final enough.")
    private boolean wait;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Blocks that are enough with --wait where nothing is ever quite final (proof of work)."
                    + " Default: 1.")
    private long depth = 1;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long to wait at most. Default: 60.")
    private long timeoutSeconds = 60;

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    SubmittingCommand(Environment environment) {
        super(environment);
    }

    /** Refuses options that mean nothing, before anything is done. */
    final void checkOptions() {
        if (depth < 1) {
            throw WalletException.usage("--depth is 1 or more, not " + depth + ".");
        }
        if (timeoutSeconds < 0 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
            throw WalletException.usage(
                    "--timeout is 0 to " + MAX_TIMEOUT_SECONDS + " seconds, not " + timeoutSeconds + ".");
        }
    }

    /**
     * Submits the payload and, if asked to, waits for it.
     *
     * @param description the fields that say what was done, for programs
     * @param sentence the same for people
     */
    final int submit(Session session, Account sender, Payload payload, JsonObject description, String sentence) {
        Output output = session.output();
        Transaction transaction = new Submission(session.node(), session.wallets(), output)
                .submit(sender, payload, Optional.ofNullable(fee), password.passwords(session.environment()));
        JsonObject result = new JsonObject().put("id", transaction.id().toString());
        description.names().forEach(field -> result.put(field, description.value(field)));
        result.put("fee", transaction.fee().toString()).put("nonce", transaction.nonce());
        if (!wait) {
            output.result(
                    result.put("status", "pending"),
                    sentence + ", fee " + transaction.fee() + ".\nTransaction " + transaction.id()
                            + "\nIt waits for a block; synod wallet why " + transaction.id() + " says what for.");
            return ExitCode.OK;
        }
        // Said before the waiting, so that an interruption does not lose it.
        output.note("Submitted transaction " + transaction.id());
        FinalityWait.Outcome outcome = new FinalityWait(
                        session.node(),
                        output,
                        new Progress(
                                session.environment().err(),
                                session.environment().terminal().isPresent()),
                        session.environment().pollMillis())
                .await(transaction, depth, timeoutSeconds);
        return report(output, outcome, result, sentence + ", fee " + transaction.fee() + ".");
    }

    private int report(Output output, FinalityWait.Outcome outcome, JsonObject result, String sentence) {
        String id = result.text("id");
        switch (outcome.status()) {
            case TransactionStatus.Included included ->
                output.result(
                        result.put("status", "included")
                                .put("block", included.block())
                                .put("height", included.height())
                                .put("finality", included.finality().json()),
                        sentence + "\nTransaction " + id + "\nBlock       " + included.block() + " at height "
                                + included.height() + "\n" + included.finality().sentence());
            case TransactionStatus.Pending pending ->
                output.json(result.put("status", "pending")
                        .put(
                                "wait",
                                new JsonObject().put("cause", pending.cause()).put("detail", pending.detail())));
            case TransactionStatus.Unknown _ -> output.json(result.put("status", "unknown"));
        }
        if (outcome.enough()) {
            return ExitCode.OK;
        }
        if (outcome.unreachable().isPresent()) {
            throw new WalletException(
                    ExitCode.UNREACHABLE,
                    "Transaction " + id + " was submitted, but then no node answered for as long as was to be waited. "
                            + outcome.reason());
        }
        throw new WalletException(
                ExitCode.NOT_FINAL,
                "Transaction " + id + " is not final enough after " + timeoutSeconds + " s: " + outcome.reason()
                        + ". It is not lost: synod wallet why " + id + " tells how it goes on.");
    }
}
