package synod.wallet;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.chain.transaction.MemberVote;
import synod.crypto.PublicKey;

/** Votes about who decides blocks. */
@Command(
        name = "vote",
        description = "Vote a node into the members or out of them, where members decide. The change takes place when a"
                + " quorum of the members stands for it. A member's latest vote is the one that counts.",
        footer = {
            "",
            "Example, on a local network whose node n5 is no member yet; two more members must vote alike:",
            "  synod wallet vote add n5 --as n1 --wait"
        })
final class VoteCommand extends SubmittingCommand {
    /** As typed. */
    enum Change {
        ADD,
        REMOVE
    }

    @Parameters(index = "0", paramLabel = "add|remove", description = "What is to become of the node.")
    private Change change = Change.ADD;

    @Parameters(
            index = "1",
            paramLabel = "NODE|KEY",
            description = "A node of the local network, a node's key file, or a public key of 64 hexadecimal digits.")
    private String subject = "";

    @Option(
            names = "--as",
            required = true,
            paramLabel = "NODE|FILE",
            description =
                    "The member that votes: a node of the local network, or a node's key file. The fee is paid from"
                            + " the key's own address, which synod wallet members shows.")
    private String voter = "";

    VoteCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        checkOptions();
        MemberKeys keys = session.memberKeys();
        Account.Node sender = keys.account(voter);
        PublicKey key = keys.publicKey(subject);
        MemberVote vote = new MemberVote(
                switch (change) {
                    case ADD -> MemberVote.Change.ADD;
                    case REMOVE -> MemberVote.Change.REMOVE;
                },
                key);
        String word = change.name().toLowerCase(Locale.ROOT);
        JsonObject description = new JsonObject()
                .put("voter", sender.key().publicKey().toString())
                .put("change", word)
                .put("key", key.toString());
        return submit(session, sender, vote, description, "Voted to " + word + " " + key + " as " + voter);
    }
}
