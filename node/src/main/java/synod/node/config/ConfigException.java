package synod.node.config;

/** A config file, key file or command that cannot be used; the message is a sentence that says what to do. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With this sentence. */
    public ConfigException(String sentence) {
        super(sentence);
    }
}
