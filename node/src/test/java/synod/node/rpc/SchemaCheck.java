package synod.node.rpc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks JSON against the few words of JSON Schema that the interface's document uses, allowing nothing undeclared. */
final class SchemaCheck {
    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    List<String> faults(JsonNode value, JsonNode schema) {
        faults.clear();
        check(value, schema, "result");
        return List.copyOf(faults);
    }

    private void check(JsonNode value, JsonNode schema, String path) {
        if (schema.has("$ref")) {
            String ref = schema.get("$ref").stringValue();
            if (ref.startsWith("#/")) {
                JsonNode target = document.at(ref.substring(1));
                require(!target.isMissingNode(), path, "has a dangling reference " + ref);
                check(value, target, path);
            }
            return;
        }
        if (schema.has("oneOf")) {
            boolean fits = false;
            for (JsonNode option : schema.get("oneOf")) {
                fits |= new SchemaCheck(document).faults(value, option).isEmpty();
            }
            require(fits, path, "is none of " + schema);
            return;
        }
        String type = schema.path("type").stringValue();
        switch (type) {
            case "string" -> {
                require(value.isString(), path, "is no string: " + value);
                if (value.isString() && schema.has("pattern")) {
                    require(
                            value.stringValue().matches(schema.get("pattern").stringValue()),
                            path,
                            "does not match " + schema);
                }
            }
            case "integer" -> require(value.isIntegralNumber(), path, "is no integer: " + value);
            case "number" -> require(value.isNumber(), path, "is no number: " + value);
            case "boolean" -> require(value.isBoolean(), path, "is no boolean: " + value);
            case "null" -> require(value.isNull(), path, "is not null: " + value);
            case "array" -> {
                require(value.isArray(), path, "is no array: " + value);
                for (JsonNode element : value) {
                    check(element, schema.get("items"), path + "[]");
                }
            }
            case "object" -> checkObject(value, schema, path);
            default -> require(false, path, "has a schema of unknown type: " + schema);
        }
    }

    private void checkObject(JsonNode value, JsonNode schema, String path) {
        require(value.isObject(), path, "is no object: " + value);
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.stringValue()));
        required.forEach(name -> require(value.has(name), path, "lacks " + name));
        for (String name : value.propertyNames()) {
            JsonNode property = schema.path("properties").path(name);
            JsonNode inner = property.isMissingNode() ? schema.path("additionalProperties") : property;
            if (inner.isMissingNode()) {
                require(false, path, "has the undeclared " + name);
            } else {
                check(value.get(name), inner, path + "." + name);
            }
        }
    }

    private void require(boolean holds, String path, String fault) {
        if (!holds) {
            faults.add(path + " " + fault);
        }
    }
}
