package synod.consensus.pbft;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Rejection;
import synod.consensus.EngineStatus;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** What the engine says about itself. */
final class PbftStatus {
    /** How a sentence begins that says why no block can be decided. */
    private static final String HALTED = "halted: ";

    private final Member member;
    private final TreeMap<PublicKey, Long> heardMillis = new TreeMap<>();

    private @Nullable String refusal;

    PbftStatus(Member member) {
        this.member = member;
    }

    /** A member said something. */
    void heard(PublicKey sender, long nowMillis) {
        heardMillis.put(sender, nowMillis);
    }

    /** A height opens: only its members are kept account of. */
    void opened(OpenHeight open) {
        heardMillis.keySet().removeIf(key -> !open.members().contains(key));
    }

    /** A certified block cannot be executed here: too many members lie, or the software differs. */
    void refused(Hash block, Rejection rejection) {
        refusal = "block " + block + " is decided and was refused here, " + rejection;
    }

    EngineStatus at(Agreement agreement, boolean deciding, long nowMillis) {
        OpenHeight open = agreement.open();
        SortedMap<String, String> details = new TreeMap<>();
        details.put("height", Long.toString(open.height()));
        details.put("view", Long.toString(agreement.view().number()));
        details.put("primary", open.primary(agreement.view().number()).toString());
        details.put("members", Integer.toString(open.members().size()));
        details.put("maxFaulty", Integer.toString(open.quorum().maxFaulty()));
        details.put("quorum", Integer.toString(open.quorum().size()));
        details.put("heardOf", Long.toString(up(open, nowMillis)));
        details.put("evidence", Integer.toString(member.evidence().all().size()));
        agreement.suspicion().ifPresent(why -> details.put("lastSuspicion", why));
        String activity = activity(agreement, deciding, nowMillis);
        return new EngineStatus(role(agreement), activity, details, activity.startsWith(HALTED));
    }

    private String role(Agreement agreement) {
        if (!agreement.open().members().contains(member.key())) {
            return "observer";
        }
        if (!agreement.votes()) {
            return "candidate";
        }
        return agreement.isPrimary() ? "primary" : "backup";
    }

    private String activity(Agreement agreement, boolean deciding, long nowMillis) {
        OpenHeight open = agreement.open();
        if (refusal != null) {
            return HALTED + refusal;
        }
        if (deciding) {
            return "executes block " + open.height();
        }
        if (agreement.view().isActive()) {
            return switch (role(agreement)) {
                case "primary" -> "proposes block " + open.height() + " when there is work";
                case "candidate" ->
                    "follows, and votes from the next block on: this node's disk was empty at its first start";
                case "observer" -> "follows; it is no member";
                default -> "waits for the primary's block " + open.height();
            };
        }
        long up = up(open, nowMillis);
        if (up < open.quorum().size()) {
            return HALTED + up + " of " + open.members().size() + " up, need "
                    + open.quorum().size();
        }
        return "changes to view " + agreement.view().number() + ", which " + agreement.supporters() + " of "
                + open.quorum().size() + " members needed want";
    }

    /** This node, and the members heard of within two of the longest time-outs: who changes views speaks that often. */
    private long up(OpenHeight open, long nowMillis) {
        long sinceMillis = nowMillis - 2 * member.rules().parameters().maxTimeoutMillis();
        long others = heardMillis.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(member.key()) && entry.getValue() >= sinceMillis)
                .count();
        return others + (open.members().contains(member.key()) ? 1 : 0);
    }
}
