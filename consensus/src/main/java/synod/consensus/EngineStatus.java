package synod.consensus;

import java.util.SortedMap;

/**
 * What an engine is doing.
 *
 * @param role the protocol's word for this node's part: miner, observer, primary, backup, leader, follower …
 * @param activity one sentence: what it does now, or what it waits for and why
 * @param details the engine's own figures by name (view, term, difficulty …), as text
 * @param halted whether no block can be decided until something outside this node changes, as the activity says
 */
public record EngineStatus(String role, String activity, SortedMap<String, String> details, boolean halted) {
    /** Of an engine that goes on, or may at any moment. */
    public EngineStatus(String role, String activity, SortedMap<String, String> details) {
        this(role, activity, details, false);
    }
}
