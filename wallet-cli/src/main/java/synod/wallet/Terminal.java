package synod.wallet;

import java.io.Console;
import java.util.Optional;

/** A person at a terminal who can be asked. */
interface Terminal {
    /** Asks for a line; empty at the end of input. */
    Optional<String> readLine(String prompt);

    /** Asks for a secret, which is not shown while it is typed; empty at the end of input. */
    Optional<char[]> readSecret(String prompt);

    /** The terminal of this process, if input and output both are one. */
    static Optional<Terminal> ofProcess() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        return Optional.of(new Terminal() {
            @Override
            public Optional<String> readLine(String prompt) {
                return Optional.ofNullable(console.readLine("%s", prompt));
            }

            @Override
            public Optional<char[]> readSecret(String prompt) {
                return Optional.ofNullable(console.readPassword("%s", prompt));
            }
        });
    }
}
