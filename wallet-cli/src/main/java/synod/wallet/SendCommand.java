package synod.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import synod.chain.Amount;
import synod.chain.transaction.Transfer;

/** Sends coins. */
@Command(
        name = "send",
        description =
                "Send coins. Returns when a node has the transaction on disk, or with --wait when it is final enough.",
        footer = {
            "",
            "If the connection breaks, run the same command again: it goes on with the same transaction, and never pays"
                    + " twice.",
            "Example: synod wallet send alice bob 5 --wait"
        })
final class SendCommand extends SubmittingCommand {
    @Parameters(index = "0", paramLabel = "FROM", description = "The wallet or development account that pays.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "A wallet, a development account, or an address.")
    private String to = "";

    @Parameters(index = "2", paramLabel = "AMOUNT", description = "Coins, such as 5 or 0.25.")
    private Amount amount = Amount.ZERO;

    SendCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        checkOptions();
        if (amount.equals(Amount.ZERO)) {
            throw WalletException.usage("Nothing to send: the amount is 0.");
        }
        Network network = session.node().network();
        Accounts accounts = session.accounts();
        Account sender = accounts.account(from);
        Accounts.Named recipient = accounts.resolve(to);
        String address = network.format(recipient.address());
        JsonObject description = new JsonObject()
                .put("from", network.format(sender.address()))
                .put("to", address)
                .put("amount", amount.toString());
        return submit(
                session,
                sender,
                new Transfer(recipient.address(), amount),
                description,
                "Sent " + amount + " from " + from + " to " + recipient.name().orElse(address));
    }
}
