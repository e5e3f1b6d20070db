package synod.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a wallet's address. */
@Command(name = "address", description = "Show the address of a wallet on this network.")
final class AddressCommand extends WalletSubcommand {
    @Parameters(paramLabel = "NAME", description = "The wallet, or a development account.")
    private String name = "";

    AddressCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        String address =
                session.node().network().format(session.accounts().account(name).address());
        session.output().result(new JsonObject().put("name", name).put("address", address), address);
        return ExitCode.OK;
    }
}
