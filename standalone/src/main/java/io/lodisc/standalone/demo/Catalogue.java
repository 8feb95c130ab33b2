package io.lodisc.standalone.demo;

import io.lodisc.model.archive.PictureFolder;
import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.metrics.Retrieval.Item;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** The held-out pictures of the demo, as they are and shaken. */
final class Catalogue {

  private final List<PictureFolder.Entry> entries;

  Catalogue(Path data) {
    this.entries =
        PictureFolder.list(data).stream().filter(entry -> "test".equals(entry.split())).toList();
  }

  List<PictureFolder.Entry> entries() {
    return entries;
  }

  /** The pixel baseline of every picture. */
  List<Item> pixels(boolean shaken) throws IOException {
    List<Item> items = new ArrayList<>();
    for (PictureFolder.Entry entry : entries) {
      Picture picture = picture(entry, shaken);
      items.add(new Item(entry.id(), entry.label(), entry.group(), Pixels.vector(picture)));
    }
    return items;
  }

  /** A zip with a manifest.csv, as a user would upload it; shaken pictures are PNG files. */
  byte[] zip(boolean shaken) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringBuilder manifest = new StringBuilder("path,id,label,group,name\n");
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (PictureFolder.Entry entry : entries) {
        String path = shaken ? entry.id() + ".png" : entry.path();
        zip.putNextEntry(new ZipEntry(path));
        zip.write(shaken ? png(picture(entry, true)) : Files.readAllBytes(entry.file()));
        String name = entry.metadata().getOrDefault("name", "").replace("\"", "\"\"");
        manifest.append(
            "%s,%s,%s,%s,\"%s\"\n".formatted(path, entry.id(), entry.label(), entry.group(), name));
      }
      zip.putNextEntry(new ZipEntry("manifest.csv"));
      zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Picture picture(PictureFolder.Entry entry, boolean shaken) throws IOException {
    Picture picture = PictureDecoder.decode(Files.readAllBytes(entry.file()), Limits.DEFAULT);
    return shaken ? Shake.apply(picture, entry.id()) : picture;
  }

  private static byte[] png(Picture picture) throws IOException {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length / 3; i++) {
      int value =
          (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
      image.setRGB(i % picture.width(), i / picture.width(), value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
