package io.lodisc.training.reproduce;

import io.lodisc.model.image.Preprocessing;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.reproduce.Result.Pivotal;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;

/** A sheet of the shown pictures: a row a picture, a column an epoch, masked patches dark. */
final class PivotalSheet {

  private static final int CELL = 96;
  private static final int GAP = 4;
  private static final double DARK = 0.2;

  private PivotalSheet() {}

  /** Writes a PNG; the first column is the whole pictures. */
  static void write(Path file, List<Labelled> shown, Settings settings, List<Pivotal> epochs)
      throws IOException {
    Preprocessing preprocessing = settings.preprocessing();
    float[] views = PivotalRegions.views(shown, preprocessing);
    int columns = 1 + epochs.size();
    BufferedImage sheet =
        new BufferedImage(
            columns * (CELL + GAP) - GAP,
            shown.size() * (CELL + GAP) - GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = sheet.createGraphics();
    for (int row = 0; row < shown.size(); row++) {
      for (int column = 0; column < columns; column++) {
        Set<Integer> kept =
            column == 0 ? null : Set.copyOf(epochs.get(column - 1).patches().get(row));
        BufferedImage cell =
            picture(views, row, preprocessing, settings.architecture().patch(), kept);
        canvas.drawImage(cell, column * (CELL + GAP), row * (CELL + GAP), CELL, CELL, null);
      }
    }
    canvas.dispose();
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    ImageIO.write(sheet, "png", unfinished.toFile());
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static BufferedImage picture(
      float[] views, int index, Preprocessing preprocessing, int patch, Set<Integer> kept) {
    int side = preprocessing.size();
    int plane = side * side;
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int number = y / patch * (side / patch) + x / patch;
        double light = kept == null || kept.contains(number) ? 1 : DARK;
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          double value =
              views[(3 * index + c) * plane + y * side + x] * preprocessing.std().get(c)
                  + preprocessing.mean().get(c);
          rgb = rgb << 8 | (int) Math.round(255 * light * Math.clamp(value, 0, 1));
        }
        picture.setRGB(x, y, rgb);
      }
    }
    return picture;
  }
}
