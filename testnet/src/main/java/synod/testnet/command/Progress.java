package synod.testnet.command;

import java.io.PrintStream;

/** One line at the foot of the terminal that says what is going on; silent where there is no terminal. */
final class Progress {
    private static final String FRAMES = "|/-\\";
    private static final int WIDTH = 78;

    private final PrintStream err;
    private final boolean visible;
    private int frame;
    private int shown;

    Progress(Environment environment) {
        this.err = environment.err();
        this.visible = environment.terminal().isPresent();
    }

    /** Shows the text in place of the last one. */
    void show(String text) {
        if (!visible) {
            return;
        }
        String line = FRAMES.charAt(frame++ % FRAMES.length()) + " " + text.replace('\n', ' ');
        String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 3) + "..." : line;
        err.print("\r" + cut + " ".repeat(Math.max(0, shown - cut.length())));
        err.flush();
        shown = cut.length();
    }

    /** Takes the line away. */
    void clear() {
        if (shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
            shown = 0;
        }
    }
}
