/** Checkpoints: safetensors files and a manifest, hashed, written whole or not at all. */
package io.lodisc.model.checkpoint;
