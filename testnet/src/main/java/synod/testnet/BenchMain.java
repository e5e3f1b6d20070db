package synod.testnet;

import synod.testnet.command.BenchCommand;
import synod.testnet.command.Environment;

/** The entry point of {@code synod bench}. */
public final class BenchMain {
    private BenchMain() {}

    /** Runs the benchmark and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(BenchCommand.run(Environment.ofProcess(), args));
    }
}
