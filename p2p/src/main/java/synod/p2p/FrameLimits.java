package synod.p2p;

/** How large frames may be. Asked when a frame's header has arrived, before any memory is taken for its payload. */
@FunctionalInterface
public interface FrameLimits {
    /**
     * The largest payload of a kind, in bytes.
     *
     * @param kind {@value Frame#FIRST_NODE_KIND} to {@value Frame#LAST_KIND}
     * @return 0 for a kind that is not known, whose sender misbehaves
     */
    int maxBytes(int kind);
}
