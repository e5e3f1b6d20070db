package synod.wallet.terminal;

import java.io.PrintStream;

/** One line at the foot of the terminal that says what is going on; silent where there is no terminal. */
public final class Progress {
    private static final String FRAMES = "|/-\\";
    private static final int WIDTH = 78;

    private final PrintStream err;
    private final boolean visible;
    private int frame;
    private int shown;

    /** A line on this stream, or none. */
    public Progress(PrintStream err, boolean visible) {
        this.err = err;
        this.visible = visible;
    }

    /** Shows the text in place of the last one. */
    public void show(String text) {
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
    public void clear() {
        if (shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
            shown = 0;
        }
    }
}
