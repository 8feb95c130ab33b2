package io.lodisc.model.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript module without parameters: a stored zip whose code entry is plain text and
 * whose data entry is a pickle of {@code Module(training=True)}.
 */
final class TorchScriptArchive {

  private TorchScriptArchive() {}

  static void write(Path file, String type, String source) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      entry(zip, "data.pkl", module(type));
      entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      entry(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Pickle protocol 2: {@code __torch__.TYPE()} built with the state {'training': True}. */
  private static byte[] module(String type) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(("c__torch__\n" + type + "\n").getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {'q', 0, ')', (byte) 0x81, '}', '('});
    pickle.write(new byte[] {'X', 8, 0, 0, 0});
    pickle.write("training".getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {'q', 1, (byte) 0x88, 'u', 'b', 'q', 2, '.'});
    return pickle.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry("ops/" + name);
    entry.setTime(0);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
