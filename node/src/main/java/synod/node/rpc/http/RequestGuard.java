package synod.node.rpc.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import synod.node.rpc.jsonrpc.ErrorCode;

/**
 * Refuses what a stranger's web page makes a browser send. A browser names the page in {@code Origin}, which must be
 * this very host; and a name that DNS was made to point here (DNS rebinding) stands in {@code Host}, which must be
 * {@code localhost}, an IP address or a configured name. Other clients send no {@code Origin}.
 */
final class RequestGuard {
    private final Set<String> hostNames;

    RequestGuard(Set<String> hostNames) {
        this.hostNames =
                hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Why a request is refused, if it is. */
    Optional<Refusal> check(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            return Optional.of(Refusal.badRequest("host-header", "there must be one Host header, not " + hosts.size()));
        }
        String authority = hosts.getFirst().toLowerCase(Locale.ROOT);
        if (!isOurs(hostOf(authority))) {
            return refuse("foreign-host", "this node is not served under the name in the Host header");
        }
        for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
            String asked = origin.toLowerCase(Locale.ROOT);
            if (!asked.equals("http://" + authority) && !asked.equals("https://" + authority)) {
                return refuse("cross-site", "requests from pages of other origins are refused");
            }
        }
        String site = headers.get("Sec-Fetch-Site", "none");
        if (!site.equals("none") && !site.equals("same-origin")) {
            return refuse("cross-site", "requests from pages of other origins are refused");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(String reason, String detail) {
        return Optional.of(Refusal.of(HttpResponseStatus.FORBIDDEN, ErrorCode.UNAUTHORIZED, reason, detail));
    }

    private boolean isOurs(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || NetUtil.isValidIpV4Address(host)
                || NetUtil.isValidIpV6Address(host)
                || hostNames.contains(host);
    }

    /** The host of {@code host[:port]}, an IPv6 address without its brackets. */
    private static String hostOf(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }
}
