package synod.sim.check;

import java.util.ArrayList;
import java.util.List;
import synod.chain.transaction.Transaction;
import synod.node.replica.ReplicaView;
import synod.sim.world.SimNode;

/** What a correct member acknowledged to a client is in a block or still waits there, whatever crashes come. */
public final class AcknowledgedKept implements Checker {
    private final List<Promise> promises = new ArrayList<>();

    private record Promise(SimNode by, Transaction transaction) {}

    /** A client was told by a node that its transaction is kept. */
    public void acknowledged(SimNode by, Transaction transaction) {
        promises.add(new Promise(by, transaction));
    }

    @Override
    public void started(SimNode node) {
        if (!node.isCorrect()) {
            return;
        }
        for (Promise promise : promises) {
            if (promise.by() == node
                    && !isSettled(node.view(), promise.transaction())
                    && node.view()
                            .mempool()
                            .transaction(promise.transaction().id())
                            .isEmpty()) {
                throw violated(node + " acknowledged " + promise.transaction() + " and lost it over a restart");
            }
        }
    }

    /** Whether every promise that one of these nodes made is kept on the branches of all of them. */
    public boolean isAllSettled(List<SimNode> nodes) {
        return promises.stream()
                .filter(promise -> nodes.contains(promise.by()))
                .allMatch(promise -> nodes.stream().allMatch(node -> isSettled(node.view(), promise.transaction())));
    }

    /** In a block, or another transaction with its nonce is. */
    private static boolean isSettled(ReplicaView view, Transaction transaction) {
        return view.ledger().account(transaction.sender()).nonce() > transaction.nonce();
    }

    @Override
    public void finish(List<SimNode> nodes) {
        if (!isAllSettled(nodes)) {
            throw violated("what was acknowledged is not settled on all of " + nodes);
        }
    }
}
