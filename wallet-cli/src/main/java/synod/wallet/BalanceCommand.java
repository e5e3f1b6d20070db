package synod.wallet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import synod.chain.Amount;

/** Shows what an account has. */
@Command(name = "balance", description = "Show what a wallet or address can spend.")
final class BalanceCommand extends WalletSubcommand {
    @Parameters(paramLabel = "NAME|ADDRESS", description = "A wallet, a development account, or an address.")
    private String account = "";

    BalanceCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Accounts.Named named = session.accounts().resolve(account);
        String address = session.node().network().format(named.address());
        NodeClient.AccountState state = session.node().account(address);
        long waiting = state.nextNonce() - state.nonce();
        String text = state.balance()
                + (state.maturing().equals(Amount.ZERO) ? "" : ", and " + state.maturing() + " more matures")
                + (waiting > 0 ? " (" + waiting + " of its transactions wait for a block)" : "");
        session.output()
                .result(
                        new JsonObject()
                                .put("name", named.name().orElse(null))
                                .put("address", address)
                                .put("balance", state.balance().toString())
                                .put("nonce", state.nonce())
                                .put("nextNonce", state.nextNonce())
                                .put("maturing", state.maturing().toString()),
                        text);
        return ExitCode.OK;
    }
}
