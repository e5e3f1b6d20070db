package synod.testnet;

import synod.testnet.command.Environment;
import synod.testnet.command.TestnetCommand;

/** The entry point of {@code synod testnet}. */
public final class TestnetMain {
    private TestnetMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(TestnetCommand.run(Environment.ofProcess(), args));
    }
}
