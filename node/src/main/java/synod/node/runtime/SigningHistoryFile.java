package synod.node.runtime;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.consensus.pos.PosConsensus;
import synod.consensus.pos.SigningHistory;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.node.config.ConfigException;
import synod.node.config.NodeConfig;
import synod.node.config.NodeKey;
import synod.node.disk.DataDirectory;
import synod.node.disk.FileDisk;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.ChainGenesis;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the key of a node that does not run has signed, in its journal and as JSON. The form follows the interchange format
 * of EIP-3076 in its minimal variant: which chain, which key, and of each kind the highest that was signed; epochs and
 * slots are decimal texts.
 */
public final class SigningHistoryFile implements AutoCloseable {
    private static final String FORMAT = "1";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Hash chainId;
    private final PublicKey key;
    private final DataDirectory directory;
    private final FileDisk disk;
    private final Journal journal;
    private SigningHistory history;

    private SigningHistoryFile(Hash chainId, PublicKey key, DataDirectory directory, FileDisk disk, Journal journal) {
        this.chainId = chainId;
        this.key = key;
        this.directory = directory;
        this.disk = disk;
        this.journal = journal;
        SoftState softState = new Recovery(journal).softState();
        journal.carryOver(softState);
        this.history = SigningHistory.of(softState.engineEntries());
    }

    /**
     * Opens a node's journal, which keeps the node from being started meanwhile.
     *
     * @throws ConfigException if the network is not decided by stake, or the node's files cannot be used
     */
    public static SigningHistoryFile open(NodeConfig config) throws ConfigException, IOException {
        ChainGenesis chain = new ChainGenesis(Node.readGenesis(config.genesis()));
        if (!chain.consensus().name().equals(PosConsensus.NAME)) {
            throw new ConfigException("The network of " + config.name() + " is decided by "
                    + chain.consensus().name() + ". Only validators under " + PosConsensus.NAME
                    + " have a signing history to take along.");
        }
        PublicKey key = NodeKey.loadOrCreate(config.keyFile()).publicKey();
        Hash chainId = chain.block0().id();
        Startup startup = new Startup();
        try {
            DataDirectory directory = startup.opened(DataDirectory.open(config.dataDirectory(), chainId));
            FileDisk disk = startup.opened(FileDisk.open(directory.journal()));
            Journal journal =
                    startup.opened(Journal.open(disk, chainId, new SecureRandom().nextLong(), JournalLimits.DEFAULT));
            SigningHistoryFile file = new SigningHistoryFile(chainId, key, directory, disk, journal);
            startup.done();
            return file;
        } finally {
            startup.undoIfNotDone();
        }
    }

    /** What the key has signed. */
    public SigningHistory history() {
        return history;
    }

    /** The history as JSON. */
    public String json() {
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("metadata")
                .put("interchange_format_version", FORMAT)
                .put("genesis_validators_root", chainId.toString());
        ObjectNode own = root.putArray("data").addObject().put("pubkey", key.toString());
        var blocks = own.putArray("signed_blocks");
        if (history.slot() >= 0) {
            blocks.addObject().put("slot", Long.toString(history.slot()));
        }
        var votes = own.putArray("signed_attestations");
        if (history.targetEpoch() >= 0) {
            votes.addObject()
                    .put("source_epoch", Long.toString(history.sourceEpoch()))
                    .put("target_epoch", Long.toString(history.targetEpoch()));
        }
        return MAPPER.writeValueAsString(root) + "\n";
    }

    /**
     * Takes the history of this node's key over from JSON; durable when this returns.
     *
     * @throws ConfigException if it is of another chain or key, or cannot be read
     */
    public void take(String json) throws ConfigException {
        history = history.with(read(json));
        JournalEntry entry = new JournalEntry.EngineEntry(history.entry());
        journal.append(entry.kind(), entry.payload());
        journal.sync();
    }

    private SigningHistory read(String text) throws ConfigException {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new ConfigException("The signing history is not JSON: " + e.getOriginalMessage() + ".");
        }
        JsonNode metadata = root.path("metadata");
        if (!metadata.path("interchange_format_version").asString("").equals(FORMAT)) {
            throw new ConfigException("The signing history has another version than " + FORMAT + ".");
        }
        if (!metadata.path("genesis_validators_root").asString("").equals(chainId.toString())) {
            throw new ConfigException("The signing history is of another chain than " + chainId + ".");
        }
        SigningHistory read = SigningHistory.NONE;
        boolean found = false;
        for (JsonNode one : root.path("data")) {
            if (one.path("pubkey").asString("").equals(key.toString())) {
                found = true;
                read = read.with(highest(one));
            }
        }
        if (!found) {
            throw new ConfigException("The signing history says nothing about this node's key, " + key + ".");
        }
        return read;
    }

    private static SigningHistory highest(JsonNode own) throws ConfigException {
        long slot = -1;
        for (JsonNode block : own.path("signed_blocks")) {
            slot = Math.max(slot, number(block, "slot"));
        }
        long source = -1;
        long target = -1;
        for (JsonNode vote : own.path("signed_attestations")) {
            source = Math.max(source, number(vote, "source_epoch"));
            target = Math.max(target, number(vote, "target_epoch"));
        }
        return new SigningHistory(slot, Optional.empty(), source, target, Optional.empty());
    }

    private static long number(JsonNode object, String field) throws ConfigException {
        String text = object.path(field).asString("");
        if (!text.matches("[0-9]{1,18}")) {
            throw new ConfigException("The signing history's '" + field + "' is no number: '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    @Override
    public void close() {
        journal.close();
        disk.close();
        directory.close();
    }
}
