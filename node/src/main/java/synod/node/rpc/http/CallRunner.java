package synod.node.rpc.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import synod.node.rpc.RpcLimits;
import synod.node.rpc.jsonrpc.AnswerBuffer;
import synod.node.rpc.jsonrpc.ByteBudget;
import synod.node.rpc.jsonrpc.Deadline;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.JsonRpc;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.jsonrpc.Session;

/**
 * Runs messages on virtual threads, a bounded number at once. One more is answered {@code too-busy}, request by
 * request, which takes no replica but a little time; so those answers are given a few at a time.
 */
public final class CallRunner implements AutoCloseable {
    private static final int REFUSALS_AT_ONCE = 2;

    private final JsonRpc rpc;
    private final RpcLimits limits;
    private final ByteBudget budget;
    private final Semaphore slots;
    private final Semaphore refusals = new Semaphore(REFUSALS_AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("rpc-call-", 0).factory());

    /** Runs calls of these methods within these limits. */
    public CallRunner(JsonRpc rpc, RpcLimits limits) {
        this.rpc = rpc;
        this.limits = limits;
        this.budget = new ByteBudget(limits.maxBufferedBytes());
        this.slots = new Semaphore(limits.maxInFlight());
    }

    /** What requests and answers may take of the memory. */
    ByteBudget budget() {
        return budget;
    }

    /** What requests and answers take of the memory now. */
    public long bufferedBytes() {
        return budget.taken();
    }

    /** Messages worked on now. */
    public int inFlight() {
        return limits.maxInFlight() - slots.availablePermits();
    }

    /**
     * Answers a message and hands the answer on; whoever gets it must release it. It is empty if there is nothing to
     * answer.
     */
    void run(byte[] message, Session session, Consumer<AnswerBuffer> then) {
        threads.execute(() -> then.accept(answer(message, session)));
    }

    /** Runs what may wait, apart from the calls. */
    void run(Runnable task) {
        threads.execute(task);
    }

    private AnswerBuffer answer(byte[] message, Session session) {
        AnswerBuffer out = new AnswerBuffer(limits.maxAnswerBytes(), budget);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException e) {
            JsonRpc.writeUnreadable(new RpcException(ErrorCode.PARSE_ERROR, "not-utf8", "the text is not UTF-8"), out);
            return out;
        }
        if (slots.tryAcquire()) {
            try {
                rpc.answer(text, session, Deadline.in(limits.callMillis()), out);
            } finally {
                slots.release();
            }
        } else {
            refuse(text, out);
        }
        return out;
    }

    private void refuse(String text, AnswerBuffer out) {
        RpcException busy = new RpcException(
                ErrorCode.TOO_BUSY,
                "in-flight",
                "the node works on " + limits.maxInFlight() + " requests already; try again");
        refusals.acquireUninterruptibly();
        try {
            rpc.refuse(text, busy, out);
        } finally {
            refusals.release();
        }
    }

    /** Interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
