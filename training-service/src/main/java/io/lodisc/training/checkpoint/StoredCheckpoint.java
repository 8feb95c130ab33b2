package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.Manifest;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A registered checkpoint.
 *
 * @param folder where its files are; where the store is apart, those of this machine's copy
 * @param manifest as it was when the checkpoint was registered
 */
public record StoredCheckpoint(String id, Path folder, Manifest manifest, Instant createdAt) {}
