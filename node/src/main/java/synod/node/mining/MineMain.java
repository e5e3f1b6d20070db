package synod.node.mining;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The entry point of {@code synod mine}. */
public final class MineMain {
    private MineMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        // the parent makes help say "synod mine"; it is never typed here
        CommandLine synod = new CommandLine(CommandSpec.create().name("synod")).addSubcommand(new MineCommand());
        String[] typed = new String[args.length + 1];
        typed[0] = "mine";
        System.arraycopy(args, 0, typed, 1, args.length);
        System.exit(synod.execute(typed));
    }
}
