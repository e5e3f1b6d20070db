package synod.wallet;

import java.util.List;
import picocli.CommandLine.Command;
import synod.wallet.terminal.Table;

/** Shows who decides blocks. */
@Command(name = "members", description = "Show who decides blocks, where members do, and how they have voted.")
final class MembersCommand extends WalletSubcommand {
    private static final int SHORT_KEY = 12;

    MembersCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        JsonObject validators = session.node().validators();
        List<JsonObject> members = validators.objects("members");
        if (members.isEmpty()) {
            session.output().result(validators, "Nobody in particular: this network's engine has no members.");
            return ExitCode.OK;
        }
        Table table = new Table(List.of(
                new Table.Column("NO", true),
                new Table.Column("KEY", false),
                new Table.Column("ADDRESS", false),
                new Table.Column("STANDING VOTE", false)));
        for (JsonObject member : members) {
            table.row(List.of(
                    Long.toString(member.number("number")),
                    member.text("key"),
                    member.text("address"),
                    member.optionalObject("vote")
                            .map(vote ->
                                    vote.text("change") + " " + vote.text("key").substring(0, SHORT_KEY))
                            .orElse("-")));
        }
        session.output()
                .result(
                        validators,
                        table + System.lineSeparator() + "After block " + validators.number("height") + ". "
                                + validators.number("quorumWeight") + " of " + members.size() + " decide.");
        return ExitCode.OK;
    }
}
