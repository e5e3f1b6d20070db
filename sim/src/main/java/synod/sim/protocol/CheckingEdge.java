package synod.sim.protocol;

import java.util.List;
import java.util.Optional;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.consensus.Consensus;
import synod.crypto.Hash;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireCodec;
import synod.node.wire.WireMessage;
import synod.sim.world.Edge;

/** Checks what the real node's workers check: encodings, transactions' signatures, seals, and messages. */
public final class CheckingEdge implements Edge {
    private final Consensus consensus;
    private final Hash chainId;
    private final WireCodec codec;

    /** The edge of a chain with these rules. */
    public CheckingEdge(Consensus consensus, Hash chainId) {
        this.consensus = consensus;
        this.chainId = chainId;
        this.codec = new WireCodec(encoded -> consensus.verifyMessage(encoded).value());
    }

    @Override
    public WireMessage check(int kind, byte[] payload) throws RejectedException {
        WireMessage message = codec.decode(kind, payload)
                .orElseThrow(() -> new RejectedException(Reason.MALFORMED, "an unknown kind of frame, " + kind));
        Optional<Rejection> fault = fault(message);
        if (fault.isPresent()) {
            throw new RejectedException(fault.get().reason(), fault.get().detail());
        }
        return message;
    }

    private Optional<Rejection> fault(WireMessage message) {
        return switch (message) {
            case WireMessage.BlockBody(var block) ->
                block.block()
                        .checkTransactionsRoot()
                        .or(() -> KeyedHash.check(chainId, block.block().transactions()));
            case WireMessage.BlockTransactions(var _, var transactions) -> KeyedHash.check(chainId, transactions);
            case WireMessage.Transactions(var transactions) -> KeyedHash.check(chainId, transactions);
            case WireMessage.EngineMessage(var said) -> KeyedHash.check(chainId, said.transactions());
            case WireMessage.Headers(var headers, var _) -> seals(headers);
            default -> Optional.empty();
        };
    }

    private Optional<Rejection> seals(List<SealedHeader> headers) {
        return headers.stream()
                .flatMap(header -> consensus.verifySeal(header.header(), header.seal()).stream())
                .findFirst();
    }
}
