package synod.consensus;

import java.util.SortedMap;

/**
 * What an engine is doing.
 *
 * @param role the protocol's word for this node's part: miner, observer, primary, backup, leader, follower …
 * @param activity one sentence: what it does now, or what it waits for and why
 * @param details the engine's own figures by name (view, term, difficulty …), as text
 */
public record EngineStatus(String role, String activity, SortedMap<String, String> details) {}
