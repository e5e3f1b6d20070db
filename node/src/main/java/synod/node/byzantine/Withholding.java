package synod.node.byzantine;

import java.util.List;
import synod.consensus.pbft.BlockReply;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.PrePrepare;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;

/** Shows its proposals to half of the members only, and gives nobody a block that is asked for. */
final class Withholding implements Adversary {
    private final LyingMember self;

    Withholding(LyingMember self) {
        this.self = self;
    }

    @Override
    public List<Output> corrupt(long nowMillis, List<Output> outputs) {
        return outputs.stream().filter(output -> !isWithheld(output)).toList();
    }

    private boolean isWithheld(Output output) {
        return switch (output) {
            case Output.SendStored _ -> true;
            case Output.Send(var to, WireMessage.EngineMessage(PbftMessage message)) ->
                message instanceof BlockReply || message instanceof PrePrepare && !self.isFirstHalf(to);
            case Output.Send(var _, var message) ->
                message instanceof WireMessage.CompactBlock || message instanceof WireMessage.BlockTransactions;
            default -> false;
        };
    }
}
