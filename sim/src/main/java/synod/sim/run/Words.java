package synod.sim.run;

import java.util.List;
import synod.crypto.Hash;
import synod.node.replica.Input;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;
import synod.sim.protocol.Protocol;
import synod.sim.world.Narrator;

/** The words of a story. */
record Words(Protocol protocol) implements Narrator {
    @Override
    public String message(WireMessage message) {
        return switch (message) {
            case WireMessage.GetHeaders _ -> "which headers do you have?";
            case WireMessage.Headers(var headers, var _) -> headers(headers);
            case WireMessage.GetBlocks(var ids) -> "give me blocks " + names(ids);
            case WireMessage.BlockBody(var block) ->
                "block " + block.block().height() + " " + name(block.block().id()) + " with "
                        + block.block().transactions().size() + " transactions";
            case WireMessage.NotFound(var ids) -> "I do not have " + names(ids);
            case WireMessage.GetCompactBlock(var id) -> "give me block " + name(id) + " in compact form";
            case WireMessage.CompactBlock(var header, var ids) ->
                "block " + header.header().height() + " " + name(header.header().id()) + " in compact form, "
                        + ids.size() + " transactions";
            case WireMessage.GetBlockTransactions(var id, var indexes) ->
                "give me " + indexes.size() + " transactions of block " + name(id);
            case WireMessage.BlockTransactions(var id, var transactions) ->
                transactions.size() + " transactions of block " + name(id);
            case WireMessage.HaveTransactions(var ids) -> "I have transactions " + names(ids);
            case WireMessage.GetTransactions(var ids) -> "give me transactions " + names(ids);
            case WireMessage.Transactions(var transactions) -> transactions.size() + " transactions";
            case WireMessage.EngineMessage(var said) -> protocol.describe(said);
        };
    }

    private static String headers(List<SealedHeader> headers) {
        return headers.isEmpty()
                ? "no headers"
                : "headers up to " + headers.getLast().header().height() + " "
                        + name(headers.getLast().header().id());
    }

    @Override
    public String input(Input input) {
        return switch (input) {
            case Input.Recovered(var block, var _) ->
                "reads block " + block.block().height() + " "
                        + name(block.block().id()) + " from its journal";
            case Input.Started(var acknowledged, var entries) ->
                "has started, with " + acknowledged.size() + " acknowledged transactions and " + entries.size()
                        + " entries of its engine";
            case Input.PeerConnected _ -> "is connected to a peer";
            case Input.PeerDisconnected _ -> "lost a peer";
            case Input.Received _ -> "hears something";
            case Input.Submitted(var _, var transaction) ->
                "is offered transaction " + name(transaction.value().id());
            case Input.TimerExpired(var timer) -> "has its timer '" + timer + "' run out";
            case Input.Durable(var _, var positions) -> "has " + positions.size() + " more records durable";
            case Input.Written _ -> "has written to its store";
            case Input.NonceFound(var block) -> "mines block " + block.height() + " " + name(block.id());
        };
    }

    private static String names(List<Hash> ids) {
        return String.join(", ", ids.stream().limit(4).map(Words::name).toList()) + (ids.size() > 4 ? ", …" : "");
    }

    private static String name(Hash id) {
        return id.toString().substring(0, 8);
    }
}
