package synod.node.rpc.jsonrpc;

/**
 * One call of a method.
 *
 * @param deadline of the message that the call came with
 */
public record Call(Arguments arguments, Session session, Deadline deadline) {}
