package synod.crypto;

/** A sealed key did not open: the password is another one, or the sealed bytes were altered. */
public final class WrongPasswordException extends Exception {
    WrongPasswordException(Throwable cause) {
        super("the password is wrong, or the sealed key was altered", cause);
    }
}
