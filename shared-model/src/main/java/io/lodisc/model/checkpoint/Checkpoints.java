package io.lodisc.model.checkpoint;

import io.lodisc.model.checkpoint.Manifest.FileEntry;
import io.lodisc.model.vit.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checkpoint folders: safetensors files and {@code manifest.json}, whole or not there. */
public final class Checkpoints {

  /** The query backbone, under timm's names. */
  public static final String ENCODER = "encoder.safetensors";

  public static final String MANIFEST = "manifest.json";

  /** The key of the number of heads in an encoder file's metadata. */
  public static final String HEADS = "heads";

  /** A run's rows are in it, some 400 bytes an epoch. */
  private static final int MAX_MANIFEST_BYTES = 1 << 26;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Checkpoints() {}

  /**
   * Writes a folder under a temporary name beside it, forces it to disk and renames it.
   *
   * @param folder must not exist
   * @param about the manifest, its files yet unknown
   * @param files the tensors of each file, by the file's name
   */
  public static Manifest write(Path folder, Manifest about, Map<String, Map<String, Tensor>> files)
      throws IOException {
    Path temporary = folder.resolveSibling("." + folder.getFileName() + ".tmp");
    delete(temporary);
    Files.createDirectories(temporary);
    try {
      Map<String, FileEntry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, Map<String, Tensor>> file : files.entrySet()) {
        Path path = temporary.resolve(file.getKey());
        SafeTensors.write(path, metadata(file.getKey(), about), file.getValue());
        entries.put(file.getKey(), new FileEntry(Files.size(path), sha256(path)));
      }
      Manifest manifest = about.with(entries);
      Path path = temporary.resolve(MANIFEST);
      Files.write(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      force(path);
      force(temporary);
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      force(folder.toAbsolutePath().getParent());
      return manifest;
    } catch (IOException | RuntimeException e) {
      try {
        delete(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /**
   * Reads the manifest and checks every file's presence, size and hash.
   *
   * @throws CheckpointException if anything is amiss; the message says what
   */
  public static Manifest verify(Path folder) {
    Manifest manifest = manifest(folder);
    manifest.files().forEach((name, entry) -> verify(folder.resolve(name), entry));
    return manifest;
  }

  /**
   * Reads the manifest alone.
   *
   * @throws CheckpointException if it is missing or not a manifest of this format
   */
  public static Manifest manifest(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      if (Files.size(file) > MAX_MANIFEST_BYTES) {
        throw new CheckpointException("manifest.json is larger than any manifest");
      }
      Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
      check(manifest);
      return manifest;
    } catch (JacksonException e) {
      throw new CheckpointException("manifest.json is not a checkpoint's manifest", e);
    } catch (IOException e) {
      throw new CheckpointException("manifest.json is missing or cannot be read", e);
    }
  }

  /** The tensors of one file of a checkpoint that was verified. */
  public static Map<String, Tensor> read(Path folder, String file) {
    try {
      return SafeTensors.read(folder.resolve(file));
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read", e);
    }
  }

  private static Map<String, String> metadata(String file, Manifest about) {
    return file.equals(ENCODER) ? encoderMetadata(about.architecture()) : Map.of();
  }

  /** What is noted in an encoder's file: the number of heads, which no shape tells. */
  public static Map<String, String> encoderMetadata(Architecture architecture) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(HEADS, String.valueOf(architecture.heads()));
    return metadata;
  }

  private static void check(Manifest manifest) {
    if (manifest.format() != Manifest.FORMAT) {
      throw new CheckpointException(
          "the checkpoint has format %d; this version reads format %d"
              .formatted(manifest.format(), Manifest.FORMAT));
    }
    if (manifest.architecture() == null
        || manifest.preprocessing() == null
        || manifest.files() == null
        || !manifest.files().containsKey(ENCODER)) {
      throw new CheckpointException(
          "manifest.json lacks the architecture, the preprocessing or " + ENCODER);
    }
    if (manifest.preprocessing().size() != manifest.architecture().imageSize()) {
      throw new CheckpointException(
          "manifest.json prepares pictures of %d pixels for an encoder of %d"
              .formatted(manifest.preprocessing().size(), manifest.architecture().imageSize()));
    }
    for (String name : manifest.files().keySet()) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
        throw new CheckpointException("manifest.json names a file outside of its folder: " + name);
      }
    }
  }

  private static void verify(Path file, FileEntry entry) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new CheckpointException(file.getFileName() + " is missing");
      }
      long size = Files.size(file);
      if (size != entry.bytes()) {
        throw new CheckpointException(
            "%s is %s: %d bytes where the manifest says %d"
                .formatted(
                    file.getFileName(),
                    size < entry.bytes() ? "truncated" : "too long",
                    size,
                    entry.bytes()));
      }
      if (!sha256(file).equals(entry.sha256())) {
        throw new CheckpointException(
            file.getFileName() + " has a wrong hash: its content is not what was written");
      }
    } catch (IOException e) {
      throw new CheckpointException(file.getFileName() + " cannot be read", e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
