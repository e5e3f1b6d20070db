package synod.wallet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import synod.chain.Amount;
import synod.wallet.terminal.Table;

/** Shows who has what at stake. */
@Command(
        name = "validators",
        description =
                "Show who has what at stake, where stake decides blocks: what counts in this epoch, what will, and what"
                        + " is on its way back.")
final class ValidatorsCommand extends WalletSubcommand {
    private static final int PERCENT_DIGITS = 2;

    ValidatorsCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Optional<JsonObject> found = session.node().stake();
        if (found.isEmpty()) {
            throw WalletException.rejected(
                    "On this network blocks are not decided by stake; synod wallet members shows who decides.");
        }
        JsonObject stake = found.get();
        Table table = new Table(List.of(
                new Table.Column("KEY", false),
                new Table.Column("ADDRESS", false),
                new Table.Column("SHARE", true),
                new Table.Column("THIS EPOCH", true),
                new Table.Column("NEXT EPOCH", true),
                new Table.Column("BONDED", true),
                new Table.Column("UNBONDING", true),
                new Table.Column("", false)));
        for (JsonObject validator : stake.objects("validators")) {
            table.row(List.of(
                    validator.text("key"),
                    validator.text("address"),
                    percent(validator.text("share")),
                    validator.text("active"),
                    validator.text("next"),
                    validator.text("bonded"),
                    unbonding(validator),
                    validator.flag("jailed") ? "jailed" : ""));
        }
        session.output()
                .result(
                        stake,
                        table + System.lineSeparator() + "After block " + stake.number("height") + ", slot "
                                + stake.number("slot") + " of epoch " + stake.number("epoch") + ". "
                                + stake.text("activeStake") + " coins decide; slashing has destroyed "
                                + stake.text("burned") + ".");
        return ExitCode.OK;
    }

    private static String percent(String share) {
        try {
            return new BigDecimal(share).movePointRight(PERCENT_DIGITS).toPlainString() + " %";
        } catch (NumberFormatException e) {
            throw new JsonShapeException(new IllegalArgumentException("a share of '" + share + "'", e));
        }
    }

    private static String unbonding(JsonObject validator) {
        Amount sum = Amount.ZERO;
        for (JsonObject part : validator.objects("unbonding")) {
            sum = sum.plus(NodeClient.amount(part.text("amount")));
        }
        return sum.equals(Amount.ZERO) ? "-" : sum.toString();
    }
}
