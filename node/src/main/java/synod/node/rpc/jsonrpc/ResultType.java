package synod.node.rpc.jsonrpc;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a method answers, as a Java type from which both the JSON and its schema are made.
 *
 * @param <R> the type that the handler returns
 */
public final class ResultType<R> {
    private enum Form {
        ONE,
        LIST,
        NULLABLE,
        OPENRPC
    }

    private static final String OPENRPC_META_SCHEMA =
            "https://raw.githubusercontent.com/open-rpc/meta-schema/master/schema.json";

    private final Form form;
    private final Class<?> element;

    private ResultType(Form form, Class<?> element) {
        this.form = form;
        this.element = element;
    }

    /** One value. */
    public static <R> ResultType<R> of(Class<R> type) {
        return new ResultType<>(Form.ONE, type);
    }

    /** An array of values. */
    public static <R> ResultType<List<R>> listOf(Class<R> type) {
        return new ResultType<>(Form.LIST, type);
    }

    /** A value, or null. */
    public static <R> ResultType<Optional<R>> nullable(Class<R> type) {
        return new ResultType<>(Form.NULLABLE, type);
    }

    /** An OpenRPC document. */
    static ResultType<JsonNode> openRpc() {
        return new ResultType<>(Form.OPENRPC, JsonNode.class);
    }

    /** Its schema; records that it mentions are added to the components. */
    ObjectNode schema(Schemas schemas) {
        return switch (form) {
            case ONE -> schemas.of(element);
            case LIST -> schemas.listOf(element);
            case NULLABLE -> schemas.nullable(element);
            case OPENRPC -> schemas.reference(OPENRPC_META_SCHEMA);
        };
    }
}
