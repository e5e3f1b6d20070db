package synod.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import synod.wallet.terminal.Quantity;
import synod.wallet.terminal.Table;

/** Shows what a node and its miners search. */
@Command(
        name = "mining",
        description = "Show how fast the node and its miners search, what they found, and what miners are owed.")
final class MiningCommand extends WalletSubcommand {
    MiningCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        JsonObject consensus = session.node().consensus();
        if (!consensus.text("engine").equals("pow")) {
            throw WalletException.rejected("On this network nobody mines: its engine is " + consensus.text("engine")
                    + "; synod wallet members or validators shows who decides.");
        }
        JsonObject miner = session.node().miner();
        JsonObject found = found(consensus.object("details"));
        JsonObject result = new JsonObject()
                .put("node", consensus.text("name"))
                .put("miner", miner)
                .put("blocks", found);
        session.output().result(result, String.join(System.lineSeparator(), lines(miner, found)));
        return ExitCode.OK;
    }

    /** What this node's search came to: strings in the engine's details, where it has any. */
    private static JsonObject found(JsonObject details) {
        return new JsonObject()
                .put("found", details.optionalText("blocksMined").orElse("0"))
                .put("orphaned", details.optionalText("blocksOrphaned").orElse("0"))
                .put("orphanRate", details.optionalText("orphanRate").orElse("0"));
    }

    private static List<String> lines(JsonObject miner, JsonObject found) {
        List<String> lines = new ArrayList<>();
        lines.add(
                miner.number("threads") > 0
                        ? "The node searches: " + Quantity.hashRate(miner.decimal("hashesPerSecond")) + " with "
                                + miner.text("kernel") + " on " + miner.number("threads") + " thread(s)"
                                + miner.optionalText("payout")
                                        .map(payout -> ", for " + payout)
                                        .orElse("") + "."
                        : "The node itself does not search.");
        if (miner.has("expectedSecondsToBlock")) {
            lines.add("With its miners it finds a block about every "
                    + Quantity.duration(miner.decimal("expectedSecondsToBlock")) + ".");
        }
        lines.add(
                "Since it started: " + found.text("found") + " blocks found, " + found.text("orphaned") + " orphaned.");
        miner.optionalObject("pool").ifPresent(pool -> addPool(pool, lines));
        return lines;
    }

    private static void addPool(JsonObject pool, List<String> lines) {
        lines.add(pool.number("miners") + " miner(s) connected: " + Quantity.hashRate(pool.decimal("hashesPerSecond"))
                + ", " + pool.number("acceptedShares") + " shares accepted, refused " + refused(pool) + "; "
                + pool.number("blocks") + " blocks found.");
        pool.optionalObject("accounts")
                .ifPresent(accounts -> lines.add("Owed: " + accounts.text("owed") + " coins; "
                        + accounts.number("unsettledPayments") + " payments are on their way; "
                        + accounts.number("paidBlocks") + " blocks divided, " + accounts.number("orphans")
                        + " orphaned."));
        List<JsonObject> workers = pool.objects("workers");
        if (!workers.isEmpty()) {
            Table table = new Table(List.of(
                    new Table.Column("WORKER", false),
                    new Table.Column("HASH RATE", true),
                    new Table.Column("SHARES", true),
                    new Table.Column("REFUSED", false)));
            for (JsonObject worker : workers) {
                table.row(List.of(
                        worker.text("worker"),
                        Quantity.hashRate(worker.decimal("hashesPerSecond")),
                        Long.toString(worker.number("acceptedShares")),
                        refused(worker)));
            }
            lines.add(table.toString());
        }
    }

    private static String refused(JsonObject counted) {
        JsonObject byCode = counted.object("refused");
        String text = byCode.names().stream()
                .map(code -> byCode.number(code) + " with error " + code)
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
