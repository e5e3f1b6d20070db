package synod.wallet;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.chain.Amount;
import synod.crypto.Address;
import synod.wallet.terminal.Table;
import synod.wallet.terminal.Table.Column;

/** Shows what happened to an account. */
@Command(name = "history", description = "Show what happened to a wallet or address, newest first. Times are local.")
final class HistoryCommand extends WalletSubcommand {
    private static final int MAX_LIMIT = 1000;
    private static final int DECIMALS = 8;
    private static final int SHORT = 16;

    @Parameters(paramLabel = "NAME|ADDRESS", description = "A wallet, a development account, or an address.")
    private String account = "";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many entries. Default: 50.")
    private int limit = 50;

    @Option(names = "--before", paramLabel = "HEIGHT", description = "Only entries of blocks below this height.")
    private @Nullable Long before;

    @Option(names = "--full", description = "Do not shorten addresses, digests and transaction ids.")
    private boolean full;

    HistoryCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw WalletException.usage("--limit is 1 to " + MAX_LIMIT + ", not " + limit + ".");
        }
        Network network = session.node().network();
        Accounts accounts = session.accounts();
        Accounts.Named named = accounts.resolve(account);
        List<JsonObject> entries =
                session.node().history(network.format(named.address()), Optional.ofNullable(before), limit);
        Output output = session.output();
        if (output.isJson()) {
            entries.forEach(output::json);
        } else if (entries.isEmpty()) {
            output.note("Nothing has happened to " + account + (before == null ? "" : " below height " + before) + ".");
        } else {
            output.text(table(entries, network, accounts.names()).toString());
        }
        return ExitCode.OK;
    }

    private Table table(List<JsonObject> entries, Network network, Map<Address, String> names) {
        Table table = new Table(List.of(
                new Column("TIME", false),
                new Column("HEIGHT", true),
                new Column("KIND", false),
                new Column("AMOUNT", true),
                new Column("FEE", true),
                new Column("WITH", false),
                new Column("TRANSACTION", false)));
        for (JsonObject entry : entries) {
            String direction = entry.text("direction");
            String sign = direction.equals("out") ? "-" : direction.equals("in") ? "+" : "";
            table.row(List.of(
                    time(entry.number("timeMillis")),
                    Long.toString(entry.number("height")),
                    entry.text("kind"),
                    entry.optionalText("amount")
                            .map(amount -> sign + aligned(amount))
                            .orElse(""),
                    // The fee of an incoming transfer is the other side's.
                    direction.equals("in")
                            ? ""
                            : entry.optionalText("fee")
                                    .map(HistoryCommand::aligned)
                                    .orElse(""),
                    with(entry, network, names),
                    entry.optionalText("transaction").map(this::shortened).orElse("")));
        }
        return table;
    }

    private String with(JsonObject entry, Network network, Map<Address, String> names) {
        if (entry.has("digest")) {
            String memo = entry.optionalText("memo").orElse("");
            return shortened(entry.text("digest")) + (memo.isEmpty() ? "" : " \"" + printable(memo) + "\"");
        }
        Optional<String> counterparty = entry.optionalText("counterparty");
        if (counterparty.isEmpty()) {
            return "";
        }
        for (Map.Entry<Address, String> known : names.entrySet()) {
            if (network.format(known.getKey()).equals(counterparty.get())) {
                return known.getValue();
            }
        }
        return shortened(counterparty.get());
    }

    private String shortened(String text) {
        return full || text.length() <= SHORT ? text : text.substring(0, SHORT) + "...";
    }

    /** A memo is anybody's text: what could steer the terminal is not passed on. */
    private static String printable(String memo) {
        StringBuilder text = new StringBuilder();
        memo.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '?' : point)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /** The amount with as many places as any other, blanks for the zeros at its end, so that the points stand in line. */
    private static String aligned(String amount) {
        String text;
        try {
            text = Amount.parse(amount).toString();
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException(e);
        }
        int point = text.indexOf('.');
        return point < 0 ? text + " ".repeat(DECIMALS + 1) : text + " ".repeat(DECIMALS - (text.length() - point - 1));
    }

    private static String time(long millis) {
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault());
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local.truncatedTo(ChronoUnit.SECONDS));
    }
}
