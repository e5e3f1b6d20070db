package synod.wallet;

import java.io.PrintStream;

/** Results to standard output, for people or as JSON lines; everything else to standard error. */
final class Output {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;

    Output(Environment environment, boolean json) {
        this.out = environment.out();
        this.err = environment.err();
        this.json = json;
    }

    /** Whether results are for programs. */
    boolean isJson() {
        return json;
    }

    /** One result: the object for programs, the text for people. */
    void result(JsonObject object, String text) {
        json(object);
        text(text);
    }

    /** A line of the result, if it is for programs. */
    void json(JsonObject object) {
        if (json) {
            out.println(object);
        }
    }

    /** A part of the result, if it is for people. */
    void text(String text) {
        if (!json) {
            out.println(text);
        }
    }

    /** Something worth knowing that is no result. */
    void note(String text) {
        err.println(text);
    }
}
