package synod.sim;

import picocli.CommandLine;
import synod.sim.command.SimCommand;

/** The entry point of {@code synod sim}. */
public final class SimMain {
    private SimMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SimCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
