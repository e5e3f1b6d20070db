package synod.node.byzantine;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import synod.chain.BlockHeader;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.quorum.CommitCertificate;
import synod.crypto.Signature;
import synod.node.replica.Output;
import synod.node.wire.SealedHeader;
import synod.node.wire.WireMessage;

/**
 * Shows headers with seals of its own making: its one signature in every member's place, or the certificate of a network
 * of which it is the only member.
 */
final class ForgedSeals implements Adversary {
    private final LyingMember self;
    private final RandomGenerator random;

    ForgedSeals(LyingMember self, RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    @Override
    public List<Output> corrupt(long nowMillis, List<Output> outputs) {
        List<Output> corrupted = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            if (output instanceof Output.Send(var to, WireMessage.Headers(var headers, var last))
                    && !headers.isEmpty()) {
                corrupted.add(new Output.Send(to, new WireMessage.Headers(forged(headers), last)));
            } else {
                corrupted.add(output);
            }
        }
        return corrupted;
    }

    /** A certificate is all that tells a decided block from any other, so the last header gets another one. */
    private List<SealedHeader> forged(List<SealedHeader> headers) {
        List<SealedHeader> all = new ArrayList<>(headers);
        BlockHeader header = all.removeLast().header();
        Signature own =
                self.vote(Ballot.Kind.COMMIT, header.height(), 0, header.id()).signature();
        ValidatorSet claimed = random.nextBoolean() ? self.members() : ValidatorSet.ofEqual(List.of(self.key()));
        SortedMap<Integer, Signature> signatures = new TreeMap<>();
        for (int number = 0; number < claimed.size(); number++) {
            signatures.put(number, own);
        }
        all.add(new SealedHeader(header, new CommitCertificate(0, claimed, signatures).encode()));
        return all;
    }
}
