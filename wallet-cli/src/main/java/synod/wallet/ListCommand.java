package synod.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import synod.crypto.Address;
import synod.wallet.terminal.Table;
import synod.wallet.terminal.Table.Column;

/** Shows which wallets there are. */
@Command(
        name = "list",
        description =
                "Show the wallets, and on a development network its public accounts. Addresses need a node, for they"
                        + " are written differently on each network.")
final class ListCommand extends WalletSubcommand {
    private record Row(String name, String kind, Address address) {}

    ListCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Optional<Network> network = session.networkIfReachable();
        List<Row> rows = new ArrayList<>();
        int exitCode = ExitCode.OK;
        List<String> stored = session.wallets().names();
        for (String name : stored) {
            try {
                session.wallets()
                        .load(name)
                        .ifPresent(keystore -> rows.add(new Row(name, "wallet", keystore.address())));
            } catch (WalletException e) {
                session.output().note(e.getMessage());
                exitCode = ExitCode.FAILURE;
            }
        }
        if (network.map(Network::development).orElse(false)) {
            DevelopmentAccounts.all().stream()
                    // A wallet file of the same name goes first wherever the name is used.
                    .filter(account -> !stored.contains(account.name()))
                    .forEach(account -> rows.add(new Row(account.name(), "development", account.address())));
        }
        if (stored.isEmpty() && rows.isEmpty()) {
            session.output()
                    .note("There are no wallets in " + session.wallets().path()
                            + " yet. synod wallet create NAME makes one.");
        }
        print(session.output(), rows, network);
        return exitCode;
    }

    private static void print(Output output, List<Row> rows, Optional<Network> network) {
        Table table =
                new Table(List.of(new Column("NAME", false), new Column("KIND", false), new Column("ADDRESS", false)));
        for (Row row : rows) {
            Optional<String> address = network.map(known -> known.format(row.address()));
            table.row(List.of(row.name(), row.kind(), address.orElse("(no node answers)")));
            if (output.isJson()) {
                JsonObject item = new JsonObject().put("name", row.name()).put("kind", row.kind());
                output.json(item.putIfPresent("address", address));
            }
        }
        if (!rows.isEmpty()) {
            output.text(table.toString());
        }
    }
}
