package io.lodisc.model.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

final class Zips {

  private Zips() {}

  /** A zip with one small file of each name. */
  static Path of(Path folder, String... names) {
    return of(folder, StandardCharsets.UTF_8, names);
  }

  static Path of(Path folder, Charset charset, String... names) {
    Path zip = folder.resolve("upload.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out, charset)) {
      for (String name : names) {
        entries.putNextEntry(new ZipEntry(name));
        entries.write(name.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip;
  }

  /** Puts other bytes of the same length where a name or a header's field is. */
  static void replace(Path zip, String from, String to) throws IOException {
    String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
    if (from.length() != to.length() || !bytes.contains(from)) {
      throw new IllegalArgumentException(from);
    }
    Files.writeString(zip, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
  }
}
