package synod.node.rpc.jsonrpc;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.crypto.Hash;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON schemas from the records that results are made of, so that the document cannot say anything else than what
 * is sent. Knows only the few types that results use; another one is a defect found when the node starts.
 */
final class Schemas {
    private final Map<String, ObjectNode> components = new TreeMap<>();

    /** The schemas of all records met, by name. */
    ObjectNode components() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        components.forEach(all::set);
        return all;
    }

    ObjectNode reference(String uri) {
        return JsonNodeFactory.instance.objectNode().put("$ref", uri);
    }

    ObjectNode listOf(Type element) {
        ObjectNode schema = typed("array");
        schema.set("items", of(element));
        return schema;
    }

    ObjectNode nullable(Type element) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("oneOf").add(of(element)).add(typed("null"));
        return schema;
    }

    /** The schema of a type. */
    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> raw)) {
            throw new IllegalStateException("no JSON schema for " + type);
        }
        if (raw == String.class) {
            return typed("string");
        }
        if (raw == Amount.class) {
            return typed("string").put("pattern", "^[0-9]+(\\.[0-9]{1,8})?$");
        }
        if (raw == Hash.class) {
            return typed("string").put("pattern", "^[0-9a-f]{64}$");
        }
        if (raw == ByteString.class) {
            return typed("string").put("pattern", "^([0-9a-f]{2})*$");
        }
        if (raw == long.class || raw == int.class || raw == Long.class || raw == Integer.class) {
            return typed("integer");
        }
        if (raw == double.class || raw == Double.class) {
            return typed("number");
        }
        if (raw == boolean.class) {
            return typed("boolean");
        }
        if (raw.isRecord()) {
            return ofRecord(raw);
        }
        throw new IllegalStateException("no JSON schema for " + type);
    }

    private ObjectNode ofGeneric(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return listOf(arguments[0]);
        }
        if (generic.getRawType() instanceof Class<?> raw && Map.class.isAssignableFrom(raw)) {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", of(arguments[1]));
            return schema;
        }
        throw new IllegalStateException("no JSON schema for " + generic);
    }

    private ObjectNode ofRecord(Class<?> raw) {
        for (RecordComponent component : raw.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonValue.class)) {
                return of(component.getGenericType());
            }
        }
        String name = nameOf(raw);
        if (!components.containsKey(name)) {
            ObjectNode schema = typed("object");
            components.put(name, schema);
            ObjectNode properties = schema.putObject("properties");
            ArrayNode required = JsonNodeFactory.instance.arrayNode();
            addProperties(raw, properties, required);
            schema.set("required", required);
        }
        return reference("#/components/schemas/" + name);
    }

    private void addProperties(Class<?> raw, ObjectNode properties, ArrayNode required) {
        for (RecordComponent component : raw.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                addProperties(component.getType(), properties, required);
                continue;
            }
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            Type type = component.getGenericType();
            if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
                type = generic.getActualTypeArguments()[0];
            } else {
                required.add(name);
            }
            ObjectNode schema = of(type);
            JsonPropertyDescription description = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
            if (description != null) {
                schema.put("description", description.value());
            }
            properties.set(name, schema);
        }
    }

    /** A nested record is named after its holder too: {@code BlockJson.Summary} is {@code BlockSummary}. */
    private static String nameOf(Class<?> raw) {
        Class<?> holder = raw.getEnclosingClass();
        return holder == null ? raw.getSimpleName() : holder.getSimpleName().replace("Json", "") + raw.getSimpleName();
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
