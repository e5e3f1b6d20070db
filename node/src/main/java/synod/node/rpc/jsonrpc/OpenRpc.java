package synod.node.rpc.jsonrpc;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the OpenRPC 1.3 document of the declared methods (https://spec.open-rpc.org). */
final class OpenRpc {
    private static final String VERSION = "1.3.2";

    /** What any method may answer. */
    private static final Set<ErrorCode> COMMON =
            EnumSet.of(ErrorCode.INVALID_PARAMS, ErrorCode.INTERNAL_ERROR, ErrorCode.TOO_LARGE, ErrorCode.TOO_BUSY);

    private OpenRpc() {}

    static JsonNode document(String version, List<Method> methods) {
        Schemas schemas = new Schemas();
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openrpc", VERSION);
        document.putObject("info")
                .put("title", "Synod node")
                .put("description", "JSON-RPC 2.0 over HTTP (POST /) and WebSocket (/ws) on one port.")
                .put("version", version);
        ArrayNode list = document.putArray("methods");
        methods.forEach(method -> list.add(describe(method, schemas)));
        document.putObject("components").set("schemas", schemas.components());
        return document;
    }

    private static ObjectNode describe(Method method, Schemas schemas) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", method.name())
                .put("summary", method.summary())
                .put("paramStructure", "either");
        ArrayNode params = node.putArray("params");
        for (Param<?> param : method.params()) {
            params.addObject()
                    .put("name", param.name())
                    .put("description", param.description())
                    .put("required", param.required())
                    .set("schema", param.schema());
        }
        node.putObject("result")
                .put("name", "result")
                .set("schema", method.result().schema(schemas));
        Set<ErrorCode> codes = EnumSet.copyOf(COMMON);
        codes.addAll(method.errors());
        ArrayNode errors = node.putArray("errors");
        codes.forEach(code -> errors.addObject().put("code", code.code()).put("message", code.title()));
        return node;
    }
}
