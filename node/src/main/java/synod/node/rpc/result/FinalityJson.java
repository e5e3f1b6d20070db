package synod.node.rpc.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import synod.consensus.Finality;

/** How sure it is that a block stays. */
public record FinalityJson(
        @JsonPropertyDescription("probabilistic, economic, byzantine or crash")
        String kind,

        @JsonPropertyDescription("Blocks from this one to the head, both counted; 0 off the adopted branch")
        long depth,

        @JsonProperty("final") @JsonPropertyDescription("Whether the engine will never undo it")
        boolean isFinal) {
    /** The form of a finality. */
    public static FinalityJson of(Finality finality) {
        return new FinalityJson(finality.kind().code(), finality.depth(), finality.isFinal());
    }
}
