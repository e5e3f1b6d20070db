package synod.node.rpc.jsonrpc;

/** Keeps what errors repeat of the caller's own text short. */
final class Detail {
    private static final int MAX_LENGTH = 240;

    private Detail() {}

    static String shorten(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
