package synod.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import synod.consensus.pos.WeakCheckpoint;
import synod.p2p.PeerAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@link NodeConfig} from its JSON file; whatever it does not know, it refuses by name. */
public final class NodeConfigFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    private NodeConfigFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a config file.
     *
     * @throws ConfigException naming the file and the field
     */
    public static NodeConfig read(Path file) throws ConfigException {
        try {
            return new NodeConfigFile(file.toAbsolutePath()).parse(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new ConfigException("The config file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "). Name one with --config, or make one with `synod node init`.");
        } catch (JacksonException e) {
            throw new ConfigException("The config file " + file + " is not JSON: " + e.getOriginalMessage()
                    + " at line " + e.getLocation().getLineNr() + ".");
        } catch (ConfigException | IllegalArgumentException e) {
            throw new ConfigException("The config file " + file + ": " + e.getMessage() + ".");
        }
    }

    private NodeConfig parse(JsonNode json) throws ConfigException {
        Fields root = new Fields(
                "",
                json,
                Set.of("name", "genesis", "dataDir", "key", "p2p", "rpc", "mining", "byzantine", "checkpoint"));
        Fields p2p = root.object(
                "p2p", Set.of("listen", "advertise", "peers", "targetOutbound", "maxInbound", "allowLocalAddresses"));
        Fields rpc = root.object("rpc", Set.of("listen", "hostNames"));
        List<PeerAddress> peers = new ArrayList<>();
        for (String peer : p2p.texts("peers")) {
            peers.add(PeerAddress.parse(peer));
        }
        return new NodeConfig(
                root.text("name").orElse("node"),
                resolve(root.requiredText("genesis")),
                resolve(root.text("dataDir").orElse("data")),
                resolve(root.text("key").orElse("node.key")),
                new NodeConfig.Peering(
                        NodeConfig.parseListen(p2p.text("listen").orElse("127.0.0.1:26000")),
                        p2p.text("advertise"),
                        peers,
                        p2p.integer("targetOutbound", 0, 64).orElse(8L).intValue(),
                        p2p.integer("maxInbound", 0, 1024).orElse(64L).intValue(),
                        p2p.flag("allowLocalAddresses")),
                new NodeConfig.Rpc(
                        NodeConfig.parseListen(rpc.text("listen").orElse("127.0.0.1:26100")),
                        new LinkedHashSet<>(rpc.texts("hostNames"))),
                mining(root),
                root.text("byzantine"),
                root.text("checkpoint").map(WeakCheckpoint::parse));
    }

    private Optional<NodeConfig.Mining> mining(Fields root) throws ConfigException {
        if (!root.has("mining")) {
            return Optional.empty();
        }
        Fields mining = root.object("mining", Set.of("payout", "threads", "maxHashesPerSecond", "stratum"));
        Optional<String> stratum = mining.text("stratum");
        return Optional.of(new NodeConfig.Mining(
                mining.requiredText("payout"),
                mining.integer("threads", 0, 256).orElse(1L).intValue(),
                mining.integer("maxHashesPerSecond", 1, Long.MAX_VALUE),
                stratum.isPresent() ? Optional.of(NodeConfig.parseListen(stratum.get())) : Optional.empty()));
    }

    private Path resolve(String path) {
        Path parent = file.getParent();
        return parent == null ? Path.of(path) : parent.resolve(path).normalize();
    }

    /** The fields of one JSON object. */
    private record Fields(String path, JsonNode json, Set<String> allowed) {
        Fields {
            if (!(json instanceof ObjectNode)) {
                throw new IllegalArgumentException(name(path) + " must be an object");
            }
            for (String field : json.propertyNames()) {
                if (!allowed.contains(field)) {
                    throw new IllegalArgumentException("there is no field '" + path + field + "'");
                }
            }
        }

        boolean has(String field) {
            return json.hasNonNull(field);
        }

        Fields object(String field, Set<String> allowedFields) {
            JsonNode value = has(field) ? json.get(field) : MAPPER.createObjectNode();
            return new Fields(path + field + ".", value, allowedFields);
        }

        Optional<String> text(String field) throws ConfigException {
            if (!has(field)) {
                return Optional.empty();
            }
            if (!json.get(field).isString()) {
                throw new ConfigException("'" + path + field + "' must be text");
            }
            return Optional.of(json.get(field).stringValue());
        }

        String requiredText(String field) throws ConfigException {
            return text(field).orElseThrow(() -> new ConfigException("'" + path + field + "' is missing"));
        }

        List<String> texts(String field) throws ConfigException {
            List<String> texts = new ArrayList<>();
            if (has(field)) {
                if (!json.get(field).isArray()) {
                    throw new ConfigException("'" + path + field + "' must be a list");
                }
                for (JsonNode item : json.get(field)) {
                    if (!item.isString()) {
                        throw new ConfigException("'" + path + field + "' must hold texts only");
                    }
                    texts.add(item.stringValue());
                }
            }
            return texts;
        }

        Optional<Long> integer(String field, long min, long max) throws ConfigException {
            if (!has(field)) {
                return Optional.empty();
            }
            JsonNode value = json.get(field);
            if (!value.isIntegralNumber()
                    || !value.canConvertToLong()
                    || value.longValue() < min
                    || value.longValue() > max) {
                throw new ConfigException("'" + path + field + "' must be a whole number from " + min + " to " + max);
            }
            return Optional.of(value.longValue());
        }

        boolean flag(String field) throws ConfigException {
            if (has(field) && !json.get(field).isBoolean()) {
                throw new ConfigException("'" + path + field + "' must be true or false");
            }
            return has(field) && json.get(field).booleanValue();
        }

        private static String name(String path) {
            return path.isEmpty() ? "the file" : "'" + path.substring(0, path.length() - 1) + "'";
        }
    }
}
