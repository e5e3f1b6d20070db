package synod.node.rpc.jsonrpc;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A method, declared once: from this come the check of its parameters, its entry in the OpenRPC document and its
 * execution.
 *
 * @param summary one sentence
 * @param errors what it may answer beside the errors that every method may
 * @param adminOnly whether only a caller with the cookie may call it
 * @param overlapping whether neighbours in a batch may be begun before this one is done
 * @param begin starts the call
 */
public record Method(
        String name,
        String summary,
        List<Param<?>> params,
        ResultType<?> result,
        Set<ErrorCode> errors,
        boolean adminOnly,
        boolean overlapping,
        Starter begin) {

    /** Runs a call to its result. */
    @FunctionalInterface
    public interface Handler<R> {
        R handle(Call call) throws RpcException;
    }

    /** Starts a call whose result comes later. */
    @FunctionalInterface
    public interface Starter {
        Pending begin(Call call) throws RpcException;
    }

    /** A call under way. */
    @FunctionalInterface
    public interface Pending {
        /**
         * Goes on to where only others can. Called once, before {@link #await}, when all neighbours in a batch that may
         * overlap have begun; in their order.
         */
        default void proceed() throws RpcException {}

        /** Waits for the result. */
        Object await() throws RpcException;
    }

    /** Checks that the required parameters come first, so that they can be given by position. */
    public Method {
        params = List.copyOf(params);
        errors = Set.copyOf(errors);
        boolean optionalSeen = false;
        for (Param<?> param : params) {
            if (optionalSeen && param.required()) {
                throw new IllegalStateException(name + ": required parameter " + param + " after an optional one");
            }
            optionalSeen |= !param.required();
        }
    }

    /** A method that answers at once. */
    public static <R> Method of(
            String name, String summary, List<Param<?>> params, ResultType<R> result, Handler<R> handler) {
        return new Method(name, summary, params, result, Set.of(), false, false, call -> () -> handler.handle(call));
    }

    /** A method whose calls in a batch are all begun, and then all proceed, in order, before the first is waited for. */
    public static Method overlapping(
            String name, String summary, List<Param<?>> params, ResultType<?> result, Starter begin) {
        return new Method(name, summary, params, result, Set.of(), false, true, begin);
    }

    /** The same method, which may also fail with these. */
    public Method failingWith(ErrorCode... codes) {
        Set<ErrorCode> all = EnumSet.noneOf(ErrorCode.class);
        all.addAll(errors);
        all.addAll(List.of(codes));
        return new Method(name, summary, params, result, all, adminOnly, overlapping, begin);
    }

    /** The same method, for callers with the cookie only. */
    public Method forAdmin() {
        Method declared = failingWith(ErrorCode.UNAUTHORIZED);
        return new Method(name, summary, params, result, declared.errors, true, overlapping, begin);
    }
}
