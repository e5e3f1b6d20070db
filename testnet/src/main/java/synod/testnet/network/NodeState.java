package synod.testnet.network;

import java.util.Locale;

/** How a node's process fares. */
public enum NodeState {
    /** It answers. */
    RUNNING,

    /** It was started lately and does not answer yet. */
    STARTING,

    /** It should answer, and does not. */
    UNRESPONSIVE,

    /** It was stopped by a signal and stands still. */
    PAUSED,

    /** It was ended as asked, or never started. */
    STOPPED,

    /** It ended without being asked to: killed, or failed. */
    DEAD;

    /** The name in JSON and tables. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is a process. */
    public boolean hasProcess() {
        return this != STOPPED && this != DEAD;
    }
}
