package synod.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import synod.crypto.Hash;

/** Says why a transaction is not in a block yet, or in which it is. */
@Command(
        name = "why",
        description = "Say why a transaction is not in a block yet, or in which block it is and how final that is.")
final class WhyCommand extends WalletSubcommand {
    @Parameters(paramLabel = "TXID", description = "The transaction's id, 64 hexadecimal digits.")
    private String id = "";

    WhyCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Hash hash;
        try {
            hash = Hash.parse(id);
        } catch (IllegalArgumentException e) {
            throw new WalletException(ExitCode.USAGE, "'" + id + "' is no transaction id: " + e.getMessage() + ".", e);
        }
        JsonObject result = new JsonObject().put("id", hash.toString());
        Output output = session.output();
        switch (session.node().status(hash)) {
            case TransactionStatus.Included included ->
                output.result(
                        result.put("status", "included")
                                .put("block", included.block())
                                .put("height", included.height())
                                .put("finality", included.finality().json()),
                        "In block " + included.block() + " at height " + included.height() + ".\n"
                                + included.finality().sentence());
            case TransactionStatus.Pending pending ->
                output.result(
                        result.put("status", "pending")
                                .put(
                                        "wait",
                                        new JsonObject()
                                                .put("cause", pending.cause())
                                                .put("detail", pending.detail())),
                        "Waiting: " + pending.detail() + " (" + pending.cause() + ").");
            case TransactionStatus.Unknown _ -> {
                output.json(result.put("status", "unknown"));
                throw WalletException.failure(
                        "This node knows no such transaction: it has not arrived here, as on a node that has just started,"
                                + " or it was dropped. Ask another node with --rpc before it is sent again.");
            }
        }
        return ExitCode.OK;
    }
}
