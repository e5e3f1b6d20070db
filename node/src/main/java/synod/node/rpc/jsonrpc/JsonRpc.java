package synod.node.rpc.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.node.rpc.jsonrpc.RequestReader.Request;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers messages of JSON-RPC 2.0. The calls of a batch run in their order; only neighbours whose method is
 * {@linkplain Method#overlapping overlapping} are begun together.
 */
public final class JsonRpc {
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpc.class);

    /** Stands in metrics for methods that do not exist: their names come from outside. */
    private static final String UNKNOWN = "unknown";

    private final MethodRegistry methods;
    private final int maxBatch;
    private final CallObserver observer;

    /** Answers with these methods, and takes batches of at most so many requests. */
    public JsonRpc(MethodRegistry methods, int maxBatch, CallObserver observer) {
        this.methods = methods;
        this.maxBatch = maxBatch;
        this.observer = observer;
    }

    /** Answers a message. The buffer stays empty if there is nothing to answer: notifications only. */
    public void answer(String text, Session session, Deadline deadline, AnswerBuffer out) {
        run(text, request -> begin(request, session, deadline), out);
    }

    /** Answers every request of a message with the same error, running nothing. */
    public void refuse(String text, RpcException why, AnswerBuffer out) {
        run(text, request -> failed(request.id(), System.nanoTime(), why), out);
    }

    /** The answer to a message that cannot be read at all. */
    public static void writeUnreadable(RpcException why, AnswerBuffer out) {
        writeError(NullNode.getInstance(), why, out);
    }

    /** How a request that reads well is begun. */
    private interface Beginning {
        Started begin(Request request) throws RpcException;
    }

    /** A call that has begun. */
    private record Started(JsonNode id, String method, long sinceNanos, boolean overlapping, Method.Pending pending) {
        Started failing(Throwable why) {
            return new Started(id, method, sinceNanos, overlapping, failure(why));
        }

        static Method.Pending failure(Throwable why) {
            return () -> {
                switch (why) {
                    case RpcException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalStateException(why);
                }
            };
        }
    }

    private void run(String text, Beginning beginning, AnswerBuffer out) {
        JsonNode message;
        try {
            message = RequestReader.document(text);
            if (message.isArray()) {
                checkBatch(message);
            }
        } catch (RpcException e) {
            observer.ended(UNKNOWN, e.code().label(), 0);
            writeUnreadable(e, out);
            return;
        }
        if (message.isArray()) {
            runBatch(message, beginning, out);
        } else {
            finish(proceed(start(message, beginning)), out, "");
        }
    }

    private void checkBatch(JsonNode batch) throws RpcException {
        if (batch.isEmpty()) {
            throw new RpcException(ErrorCode.INVALID_REQUEST, "empty-batch", "a batch has at least one request");
        }
        if (batch.size() > maxBatch) {
            throw new RpcException(
                    ErrorCode.TOO_LARGE,
                    "batch",
                    "a batch of " + batch.size() + " requests, at most " + maxBatch + " are taken");
        }
    }

    private void runBatch(JsonNode batch, Beginning beginning, AnswerBuffer out) {
        Deque<Started> open = new ArrayDeque<>();
        for (JsonNode element : batch) {
            if (!open.isEmpty() && !startsOverlapping(element)) {
                finishBatched(open, out);
            }
            Started started = start(element, beginning);
            open.add(started);
            if (!started.overlapping()) {
                finishBatched(open, out);
            }
        }
        finishBatched(open, out);
        if (out.size() > 0) {
            out.writeError(new byte[] {']'});
        }
    }

    private boolean startsOverlapping(JsonNode element) {
        return element.path("method").isString()
                && methods.find(element.path("method").stringValue())
                        .map(Method::overlapping)
                        .orElse(false);
    }

    private void finishBatched(Deque<Started> open, AnswerBuffer out) {
        Deque<Started> proceeding = new ArrayDeque<>();
        while (!open.isEmpty()) {
            proceeding.add(proceed(open.remove()));
        }
        while (!proceeding.isEmpty()) {
            finish(proceeding.remove(), out, out.size() == 0 ? "[" : ",");
        }
    }

    private static Started proceed(Started started) {
        try {
            started.pending().proceed();
            return started;
        } catch (RpcException | RuntimeException | AssertionError e) {
            return started.failing(e);
        }
    }

    private static Started start(JsonNode json, Beginning beginning) {
        long now = System.nanoTime();
        Request request;
        try {
            request = RequestReader.request(json);
        } catch (RpcException e) {
            return failed(RequestReader.idOf(json), now, e);
        }
        try {
            return beginning.begin(request);
        } catch (RpcException e) {
            return failed(request.id(), now, e);
        }
    }

    private static Started failed(JsonNode id, long sinceNanos, RpcException why) {
        return new Started(id, UNKNOWN, sinceNanos, false, () -> {
            throw why;
        });
    }

    private Started begin(Request request, Session session, Deadline deadline) throws RpcException {
        long now = System.nanoTime();
        Optional<Method> found = methods.find(request.method());
        if (found.isEmpty()) {
            throw new RpcException(
                    ErrorCode.METHOD_NOT_FOUND,
                    "unknown-method",
                    "there is no method '" + Detail.shorten(request.method()) + "'; rpc.discover lists them");
        }
        Method method = found.get();
        Method.Pending pending;
        try {
            if (method.adminOnly() && !session.admin()) {
                throw new RpcException(
                        ErrorCode.UNAUTHORIZED,
                        "no-cookie",
                        method.name()
                                + " needs the header 'Authorization: Bearer …' with the content of the file 'cookie' in the data directory");
            }
            Arguments arguments = Arguments.read(method.params(), request.params());
            pending = method.begin().begin(new Call(arguments, session, deadline));
        } catch (RpcException | RuntimeException | AssertionError e) {
            pending = Started.failure(e);
        }
        return new Started(request.id(), method.name(), now, method.overlapping(), pending);
    }

    private void finish(Started started, AnswerBuffer out, String before) {
        int mark = out.size();
        String outcome = "ok";
        try {
            Object result = started.pending().await();
            if (!started.id().isMissingNode()) {
                writeResult(started.id(), result, out, before);
            }
        } catch (RpcException e) {
            outcome = e.code().label();
            out.truncate(mark);
            finishWithError(started, e, out, before);
        } catch (AnswerBuffer.Overflow e) {
            RpcException error = e.ofBudget()
                    ? new RpcException(ErrorCode.TOO_BUSY, "memory", "too many large answers at once; try again")
                    : new RpcException(ErrorCode.TOO_LARGE, "answer", "the answer is too large; ask for less");
            outcome = error.code().label();
            out.truncate(mark);
            finishWithError(started, error, out, before);
        } catch (RuntimeException | AssertionError e) {
            LOG.error("{} failed", started.method(), e);
            outcome = ErrorCode.INTERNAL_ERROR.label();
            out.truncate(mark);
            finishWithError(
                    started,
                    new RpcException(ErrorCode.INTERNAL_ERROR, "defect", "a defect of this node; its log says more"),
                    out,
                    before);
        }
        observer.ended(started.method(), outcome, System.nanoTime() - started.sinceNanos());
    }

    private static void finishWithError(Started started, RpcException e, AnswerBuffer out, String before) {
        if (!started.id().isMissingNode()) {
            out.writeError(before.getBytes(StandardCharsets.UTF_8));
            writeError(started.id(), e, out);
        }
    }

    private static void writeResult(JsonNode id, Object result, AnswerBuffer out, String before) {
        byte[] separator = before.getBytes(StandardCharsets.UTF_8);
        out.write(separator, 0, separator.length);
        try (JsonGenerator generator = Json.MAPPER.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringProperty("jsonrpc", "2.0");
            generator.writeName("id");
            generator.writeTree(id);
            generator.writeName("result");
            generator.writePOJO(result);
            generator.writeEndObject();
        }
    }

    private static void writeError(JsonNode id, RpcException error, AnswerBuffer out) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("error", Json.MAPPER.valueToTree(error.toObject()));
        out.writeError(Json.MAPPER.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8));
    }
}
