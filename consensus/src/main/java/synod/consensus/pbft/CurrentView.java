package synod.consensus.pbft;

/** The view that a member is in, or, when it is not active, the one that it wants. Within a height it only grows. */
final class CurrentView {
    private long number;
    private boolean active;

    /** In the first view of a height there is nothing to agree on before it begins. */
    CurrentView(long first) {
        number = first;
        active = true;
    }

    long number() {
        return number;
    }

    boolean isActive() {
        return active;
    }

    /** A view change: from here on no message of an earlier view is accepted (OSDI §4.4). */
    void leaveFor(long next) {
        number = next;
        active = false;
    }

    /** The view begins. */
    void enter(long begun) {
        number = begun;
        active = true;
    }
}
