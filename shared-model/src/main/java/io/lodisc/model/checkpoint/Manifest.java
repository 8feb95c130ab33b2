package io.lodisc.model.checkpoint;

import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import java.time.Instant;
import java.util.Map;

/**
 * {@code manifest.json}: what a checkpoint is and where it comes from.
 *
 * @param format of the folder, 1
 * @param architecture of the encoder
 * @param preprocessing of a picture before it is embedded
 * @param job that wrote it
 * @param dataset it was trained on
 * @param epoch passes completed or, within one, begun
 * @param step optimiser steps done
 * @param loss mean of the epoch so far; null before the first step
 * @param createdAt when it was written
 * @param versions of the software that wrote it
 * @param settings of the job, as its own JSON; null if there was none
 * @param files by name, all but the manifest
 * @param training what going on needs beside the files, as the trainer's own JSON; null if nothing
 */
public record Manifest(
    int format,
    Architecture architecture,
    Preprocessing preprocessing,
    String job,
    String dataset,
    int epoch,
    long step,
    Double loss,
    Instant createdAt,
    Map<String, String> versions,
    Object settings,
    Map<String, FileEntry> files,
    Object training) {

  /** The folder format that this code writes. */
  public static final int FORMAT = 1;

  /** Of a checkpoint that no training goes on from. */
  public Manifest(
      int format,
      Architecture architecture,
      Preprocessing preprocessing,
      String job,
      String dataset,
      int epoch,
      long step,
      Double loss,
      Instant createdAt,
      Map<String, String> versions,
      Object settings,
      Map<String, FileEntry> files) {
    this(
        format,
        architecture,
        preprocessing,
        job,
        dataset,
        epoch,
        step,
        loss,
        createdAt,
        versions,
        settings,
        files,
        null);
  }

  /** A file's size in bytes and its SHA-256 in hexadecimal. */
  public record FileEntry(long bytes, String sha256) {}

  Manifest with(Map<String, FileEntry> written) {
    return new Manifest(
        format,
        architecture,
        preprocessing,
        job,
        dataset,
        epoch,
        step,
        loss,
        createdAt,
        versions,
        settings,
        written,
        training);
  }
}
