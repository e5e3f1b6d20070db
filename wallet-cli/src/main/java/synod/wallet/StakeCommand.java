package synod.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.chain.Amount;
import synod.chain.transaction.Bond;
import synod.crypto.VrfKey;

/** Puts coins of a node at stake. */
@Command(
        name = "stake",
        description =
                "Put coins of a node at stake, where stake decides blocks: the node becomes a validator, or more of"
                        + " one. The stake counts in the epoch after the next. A validator that contradicts itself loses part of it.",
        footer = {
            "",
            "Example, on a local network whose node n5 decides nothing yet; what the node's address is, the error says if it"
                    + " lacks coins:",
            "  synod wallet stake 400 --as n5 --wait"
        })
final class StakeCommand extends SubmittingCommand {
    @Parameters(index = "0", paramLabel = "AMOUNT", description = "Coins, such as 400.")
    private Amount amount = Amount.ZERO;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "NODE|FILE",
            description =
                    "The validator: a node of the local network, or a node's key file. The coins come from the key's"
                            + " own address.")
    private String validator = "";

    StakeCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        checkOptions();
        if (amount.equals(Amount.ZERO)) {
            throw WalletException.usage("Nothing to stake: the amount is 0.");
        }
        Account.Node sender = session.memberKeys().account(validator);
        JsonObject description = new JsonObject()
                .put("validator", sender.key().publicKey().toString())
                .put("amount", amount.toString());
        return submit(
                session,
                sender,
                new Bond(amount, VrfKey.ofSigningKey(sender.key()).publicKey()),
                description,
                "Staked " + amount + " as " + validator);
    }
}
