package synod.chain;

/**
 * A refusal, as a value.
 *
 * @param reason the kind of refusal, for programs
 * @param detail what exactly was wrong, for people: with the numbers, and what to do where that is known
 */
public record Rejection(Reason reason, String detail) {
    @Override
    public String toString() {
        return reason.code() + ": " + detail;
    }
}
