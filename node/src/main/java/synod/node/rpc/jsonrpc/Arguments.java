package synod.node.rpc.jsonrpc;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The parameters of one call, read and checked against the method's declaration. */
public final class Arguments {
    private final Map<Param<?>, Optional<?>> values;

    private Arguments(Map<Param<?>, Optional<?>> values) {
        this.values = values;
    }

    /**
     * Reads what a request gave.
     *
     * @param given an object (by name), an array (by position) or missing (none)
     * @throws RpcException with {@link ErrorCode#INVALID_PARAMS} for a missing, wrong, unknown or surplus parameter
     */
    static Arguments read(List<Param<?>> declared, JsonNode given) throws RpcException {
        if (given.isArray() && given.size() > declared.size()) {
            throw RpcException.invalidParam(
                    "params", given.size() + " parameters given, at most " + declared.size() + " taken");
        }
        if (given.isObject()) {
            refuseUnknownNames(declared, given);
        }
        Map<Param<?>, Optional<?>> values = new IdentityHashMap<>();
        for (int i = 0; i < declared.size(); i++) {
            Param<?> param = declared.get(i);
            values.put(param, param.read(pick(given, i, param.name())));
        }
        return new Arguments(values);
    }

    private static JsonNode pick(JsonNode given, int position, String name) {
        if (given.isArray()) {
            return given.path(position);
        }
        return given.isObject() ? given.path(name) : MissingNode.getInstance();
    }

    private static void refuseUnknownNames(List<Param<?>> declared, JsonNode given) throws RpcException {
        for (String name : given.propertyNames()) {
            if (declared.stream().noneMatch(param -> param.name().equals(name))) {
                throw RpcException.invalidParam(name, "there is no parameter '" + name + "' here, only " + declared);
            }
        }
    }

    /** The value of a required parameter. */
    public <T> T get(Param<T> param) {
        return find(param)
                .orElseThrow(
                        () -> new IllegalStateException("optional parameter " + param + " read as a required one"));
    }

    /**
     * The value, if it was given.
     *
     * @throws IllegalStateException if the method does not declare this parameter
     */
    public <T> Optional<T> find(Param<T> param) {
        @SuppressWarnings("unchecked") // read() puts what the same Param<T> has read
        Optional<T> value = (Optional<T>) values.get(param);
        if (value == null) {
            throw new IllegalStateException("parameter " + param + " is read but not declared");
        }
        return value;
    }
}
