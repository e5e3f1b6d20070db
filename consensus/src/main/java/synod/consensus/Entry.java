package synod.consensus;

import synod.chain.codec.ByteString;

/**
 * A piece of an engine's durable state: a term, a vote, a prepared certificate.
 *
 * @param key what it is about; at most 255 bytes; a later entry with the same key replaces it
 * @param value its content; empty: the key is forgotten
 */
public record Entry(ByteString key, ByteString value) {}
