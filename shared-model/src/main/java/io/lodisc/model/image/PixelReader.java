package io.lodisc.model.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes with the readers of Java and, for WebP, TwelveMonkeys; all in memory. */
final class PixelReader {

  private static final WebPImageReaderSpi WEBP = new WebPImageReaderSpi();

  private PixelReader() {}

  static Picture read(Container container, Bytes file, int width, int height) {
    ImageReader reader = null;
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.file()))) {
      reader = reader(container);
      reader.setInput(in, true, true);
      boolean[] cut = new boolean[1];
      reader.addIIOReadWarningListener(
          (source, warning) -> cut[0] |= warning.toLowerCase().contains("premature end"));
      Picture picture = picture(container, reader, file, width, height);
      if (cut[0]) {
        throw Bytes.truncated("the picture is cut off: its data ends before its last row");
      }
      return picture;
    } catch (EOFException e) {
      throw new PictureException(
          PictureException.Reason.TRUNCATED,
          "the picture is cut off: its data ends before its last row",
          e);
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new PictureException(
          PictureException.Reason.NOT_A_PICTURE,
          "the file begins like %s but cannot be decoded".formatted(container.mediaType()),
          e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  private static ImageReader reader(Container container) {
    // Not looked up: plugins are found by the thread's class loader, which differs in fat jars.
    return container instanceof WebpContainer
        ? WEBP.createReaderInstance(null)
        : ImageIO.getImageReadersByFormatName(container.format()).next();
  }

  private static Picture picture(
      Container container, ImageReader reader, Bytes file, int width, int height)
      throws IOException {
    if (container instanceof JpegContainer jpeg && jpeg.channels(file) == 4) {
      same(reader.getWidth(0), reader.getHeight(0), width, height);
      return Pixels.ofCmyk(reader.readRaster(0, null), jpeg.adobe(file));
    }
    if (container instanceof GifContainer gif) {
      GifContainer.Frame frame = gif.frame(file);
      same(reader.getWidth(0), reader.getHeight(0), frame.width(), frame.height());
      return Pixels.over(reader.read(0), frame.x(), frame.y(), width, height);
    }
    same(reader.getWidth(0), reader.getHeight(0), width, height);
    BufferedImage image = reader.read(0);
    return Pixels.over(image, 0, 0, width, height);
  }

  /** The decoder must see the size that was checked. */
  private static void same(int width, int height, int checkedWidth, int checkedHeight) {
    if (width != checkedWidth || height != checkedHeight) {
      throw Bytes.broken(
          "the picture says both %d x %d and %d x %d pixels"
              .formatted(checkedWidth, checkedHeight, width, height));
    }
  }
}
