package synod.consensus;

/** What engines say to each other. Each engine has its own sealed family. */
public interface Message {
    /** The canonical encoding, signature included. */
    byte[] encode();
}
