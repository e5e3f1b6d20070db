package synod.node.mining;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a Stratum server is: {@code stratum+tcp://HOST:PORT}. */
public record StratumUrl(String host, int port) {
    private static final String SCHEME = "stratum+tcp";

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static StratumUrl parse(String text) {
        try {
            URI uri = new URI(text);
            if (SCHEME.equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return new StratumUrl(uri.getHost(), uri.getPort());
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is not " + SCHEME + "://HOST:PORT");
    }

    @Override
    public String toString() {
        return SCHEME + "://" + host + ":" + port;
    }
}
