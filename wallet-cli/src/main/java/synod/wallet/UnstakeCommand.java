package synod.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.chain.Amount;
import synod.chain.transaction.Unbond;
import synod.crypto.PublicKey;

/** Takes coins of a node out of its stake. */
@Command(
        name = "unstake",
        description =
                "Take coins of a node out of its stake. They come back to the node's address by themselves when the"
                        + " network's unbonding delay is over, which synod wallet validators shows.",
        footer = {"", "Example: synod wallet unstake all --as n5 --wait"})
final class UnstakeCommand extends SubmittingCommand {
    private static final String ALL = "all";

    @Parameters(
            index = "0",
            paramLabel = "AMOUNT|all",
            description = "Coins, such as 400, or all that the node has at stake.")
    private String amount = "";

    @Option(
            names = "--as",
            required = true,
            paramLabel = "NODE|FILE",
            description = "The validator: a node of the local network, or a node's key file.")
    private String validator = "";

    UnstakeCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        checkOptions();
        Account.Node sender = session.memberKeys().account(validator);
        Amount coins = amount.equals(ALL) ? bonded(session, sender.key().publicKey()) : typed(amount);
        if (coins.equals(Amount.ZERO)) {
            throw WalletException.usage("Nothing to take out: "
                    + (amount.equals(ALL) ? "'" + validator + "' has nothing at stake." : "the amount is 0."));
        }
        JsonObject description = new JsonObject()
                .put("validator", sender.key().publicKey().toString())
                .put("amount", coins.toString());
        return submit(
                session, sender, new Unbond(coins), description, "Took " + coins + " out of the stake of " + validator);
    }

    private static Amount typed(String text) {
        try {
            return Amount.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WalletException(ExitCode.USAGE, e.getMessage() + "; '" + ALL + "' takes all of it.", e);
        }
    }

    private static Amount bonded(Session session, PublicKey key) {
        return session.node()
                .stake(key)
                .map(record -> NodeClient.amount(record.text("bonded")))
                .orElseThrow(() -> WalletException.rejected("On this network blocks are not decided by stake."));
    }
}
