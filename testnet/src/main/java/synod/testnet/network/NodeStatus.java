package synod.testnet.network;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one node fares.
 *
 * @param node what is written down about it
 * @param pid its process, if there is one
 * @param answer what it says of itself, if it answers
 */
public record NodeStatus(TestnetDescription.Node node, NodeState state, Optional<Long> pid, Optional<Answer> answer) {
    static final String MINING = "mining";

    /**
     * The result of {@code consensus_getStatus}.
     *
     * @param json as it came, and under proof of work with the result of {@code miner_getStatus} in the field {@code mining}
     */
    public record Answer(JsonNode json) {
        public long height() {
            return json.path("height").asLong(0);
        }

        public String head() {
            return json.path("head").asString("");
        }

        public String stateRoot() {
            return json.path("stateRoot").asString("");
        }

        public int peers() {
            return json.path("peers").asInt(0);
        }

        public String role() {
            return json.path("role").asString("");
        }

        /** What it does or waits for: its synchronisation as long as that goes on, then its engine. */
        public String activity() {
            JsonNode sync = json.path("sync");
            return sync.path("syncing").asBoolean(false)
                    ? sync.path("activity").asString("")
                    : json.path("activity").asString("");
        }
    }

    /** What its search comes to; empty where nobody searches. */
    public Optional<String> mining() {
        return answer.map(Answer::json)
                .filter(known -> known.path(MINING).isObject())
                .map(known -> new MiningSummary(known.path(MINING), known.path("details")).text());
    }

    public String name() {
        return node.name();
    }

    /** A sentence on what the node does, or why it does nothing. */
    public String activity() {
        return switch (state) {
            case RUNNING -> answer.map(Answer::activity).orElse("");
            case STARTING -> "does not answer yet";
            case UNRESPONSIVE -> "its process is there but does not answer: see ./synod testnet logs " + name();
            case PAUSED -> "stands still; ./synod testnet resume " + name() + " lets it go on";
            case STOPPED -> "stopped; ./synod testnet start " + name() + " starts it";
            case DEAD -> "killed, or failed: see ./synod testnet logs " + name();
        };
    }

    /** For programs; what is not known is null. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("name", name())
                .put("state", state.code())
                .put("rpc", node.rpc())
                .put("p2p", node.p2p())
                .put("height", answer.map(Answer::height).orElse(null))
                .put("head", answer.map(Answer::head).orElse(null))
                .put("stateRoot", answer.map(Answer::stateRoot).orElse(null))
                .put("peers", answer.map(Answer::peers).orElse(null))
                .put("pid", pid.orElse(null))
                .put("role", answer.map(Answer::role).orElse(null))
                .put("activity", activity());
        answer.ifPresent(known -> {
            json.set("finality", known.json().path("finality"));
            json.set("sync", known.json().path("sync"));
            json.set("details", known.json().path("details"));
            if (known.json().has(MINING)) {
                json.set(MINING, known.json().path(MINING));
            }
        });
        return json;
    }
}
