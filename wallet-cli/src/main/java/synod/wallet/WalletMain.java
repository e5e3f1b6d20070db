package synod.wallet;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import synod.chain.Amount;

/** The entry point of {@code synod wallet}. */
public final class WalletMain {
    private WalletMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Environment.ofProcess(), args));
    }

    /** Runs the command in these surroundings and returns its exit code. */
    static int run(Environment environment, String... args) {
        CommandLine wallet = new CommandLine(new WalletCommand())
                .addSubcommand(new CreateCommand(environment))
                .addSubcommand(new ImportCommand(environment))
                .addSubcommand(new ListCommand(environment))
                .addSubcommand(new AddressCommand(environment))
                .addSubcommand(new BalanceCommand(environment))
                .addSubcommand(new SendCommand(environment))
                .addSubcommand(new HistoryCommand(environment))
                .addSubcommand(new AnchorCommand(environment))
                .addSubcommand(new WhyCommand(environment))
                .addSubcommand(new MembersCommand(environment))
                .addSubcommand(new VoteCommand(environment))
                .addSubcommand(new ValidatorsCommand(environment))
                .addSubcommand(new MiningCommand(environment))
                .addSubcommand(new StakeCommand(environment))
                .addSubcommand(new UnstakeCommand(environment))
                .addSubcommand(new CompletionCommand(environment));
        // The parent makes help and completion say "synod wallet"; it is never typed here.
        CommandLine synod = new CommandLine(CommandSpec.create().name("synod")).addSubcommand(wallet);
        ErrorReport errors = new ErrorReport(environment);
        synod.setOut(writer(environment.out()))
                .setErr(writer(environment.err()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Amount.class, new AmountConverter())
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        String[] typed = new String[args.length + 1];
        typed[0] = "wallet";
        System.arraycopy(args, 0, typed, 1, args.length);
        return synod.execute(typed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
