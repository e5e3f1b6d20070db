package synod.node.rpc.jsonrpc;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.NullNode;

/** Reads messages and the request objects in them, strictly as JSON-RPC 2.0 has them (sections 4 and 6). */
final class RequestReader {
    private static final Set<String> MEMBERS = Set.of("jsonrpc", "id", "method", "params");
    private static final int MAX_ID_LENGTH = 128;

    private RequestReader() {}

    /**
     * A request.
     *
     * @param id as it came, null for a null id, missing for a notification, which is not answered
     * @param params an object, an array or missing
     */
    record Request(JsonNode id, String method, JsonNode params) {
        boolean isNotification() {
            return id.isMissingNode();
        }
    }

    /**
     * Reads one JSON document.
     *
     * @throws RpcException if it is no JSON, has more than one value or a duplicate key, or passes a limit
     */
    static JsonNode document(String text) throws RpcException {
        if (text.isBlank()) {
            throw new RpcException(ErrorCode.PARSE_ERROR, "malformed-json", "there is nothing to read");
        }
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            JsonNode document = Json.MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new RpcException(
                        ErrorCode.PARSE_ERROR, "malformed-json", "something follows the end of the JSON value");
            }
            return document;
        } catch (StreamConstraintsException e) {
            throw new RpcException(ErrorCode.TOO_LARGE, "json-limits", e.getOriginalMessage());
        } catch (MismatchedInputException e) {
            throw new RpcException(ErrorCode.PARSE_ERROR, "duplicate-key", Detail.shorten(e.getOriginalMessage()));
        } catch (JacksonException e) {
            String where = " (line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ")";
            throw new RpcException(
                    ErrorCode.PARSE_ERROR, "malformed-json", Detail.shorten(e.getOriginalMessage()) + where);
        }
    }

    /**
     * The id to answer a bad request object with: null where it cannot be told (section 5). Without an id it is
     * answered too, for it is no notification either.
     */
    static JsonNode idOf(JsonNode json) {
        JsonNode id = json.path("id");
        return isGoodId(id) ? id : NullNode.getInstance();
    }

    /**
     * Reads a request object.
     *
     * @throws RpcException with {@link ErrorCode#INVALID_REQUEST}
     */
    static Request request(JsonNode json) throws RpcException {
        if (!json.isObject()) {
            throw invalid("not-an-object", "a request is an object");
        }
        for (String member : json.propertyNames()) {
            if (!MEMBERS.contains(member)) {
                throw invalid("unknown-member", "a request has no member '" + member + "'");
            }
        }
        if (!json.path("jsonrpc").isString()
                || !json.path("jsonrpc").stringValue().equals("2.0")) {
            throw invalid("bad-version", "'jsonrpc' is not the string 2.0");
        }
        JsonNode id = json.path("id");
        if (!id.isMissingNode() && !isGoodId(id)) {
            throw invalid(
                    "bad-id",
                    "'id' is no number, no null and no string of at most " + MAX_ID_LENGTH + " Unicode characters");
        }
        JsonNode method = json.path("method");
        if (!method.isString()) {
            throw invalid("bad-method", "'method' is not a string");
        }
        JsonNode params = json.path("params");
        if (!params.isMissingNode() && !params.isObject() && !params.isArray()) {
            throw invalid("bad-params", "'params' is neither an object nor an array");
        }
        return new Request(id, method.stringValue(), params);
    }

    private static boolean isGoodId(JsonNode id) {
        if (id.isString()) {
            String text = id.stringValue();
            // A lone surrogate has no UTF-8, so the answer could not repeat it.
            return text.length() <= MAX_ID_LENGTH && text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
        }
        return id.isNumber() || id.isNull();
    }

    private static RpcException invalid(String reason, String detail) {
        return new RpcException(ErrorCode.INVALID_REQUEST, reason, detail);
    }
}
