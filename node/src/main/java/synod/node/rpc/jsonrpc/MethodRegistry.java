package synod.node.rpc.jsonrpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** All methods by name, {@code rpc.discover} among them. */
public final class MethodRegistry {
    private final Map<String, Method> byName = new TreeMap<>();
    private final JsonNode document;

    /**
     * A registry of these methods and {@code rpc.discover}.
     *
     * @param version of this software, for the document
     * @throws IllegalStateException if two have the same name
     */
    public MethodRegistry(String version, List<Method> methods) {
        methods.forEach(this::add);
        add(Method.of(
                "rpc.discover",
                "This document: every method, its parameters, result and errors.",
                List.of(),
                ResultType.openRpc(),
                call -> document()));
        document = OpenRpc.document(version, List.copyOf(byName.values()));
    }

    private void add(Method method) {
        if (byName.put(method.name(), method) != null) {
            throw new IllegalStateException("two methods are named " + method.name());
        }
    }

    /** The method of this name. */
    public Optional<Method> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All methods, in the order of their names. */
    public List<Method> all() {
        return List.copyOf(byName.values());
    }

    /** The OpenRPC document. */
    public JsonNode document() {
        return document;
    }
}
