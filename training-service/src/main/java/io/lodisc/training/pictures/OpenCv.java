package io.lodisc.training.pictures;

import io.lodisc.model.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * OpenCV's JPEG decoder, on the calling thread alone. The native library is loaded at the first
 * use.
 *
 * <p>Not by the loader of its package: that one deletes what other processes of this machine have
 * just unpacked.
 */
final class OpenCv {

  private static final int AS_STORED = Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION;

  private static boolean loaded;

  private OpenCv() {}

  /**
   * Decodes a JPEG.
   *
   * @return the pixels as stored; null if it cannot be decoded
   * @throws IllegalStateException if there is no OpenCV on this machine
   */
  static Picture jpeg(byte[] file) {
    load();
    MatOfByte encoded = new MatOfByte(file);
    Mat pixels = null;
    try {
      pixels = Imgcodecs.imdecode(encoded, AS_STORED);
      if (pixels.empty()) {
        return null;
      }
      Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_BGR2RGB);
      byte[] rgb = new byte[3 * pixels.cols() * pixels.rows()];
      pixels.get(0, 0, rgb);
      return new Picture(pixels.cols(), pixels.rows(), rgb);
    } catch (CvException refused) {
      return null;
    } finally {
      encoded.release();
      if (pixels != null) {
        pixels.release();
      }
    }
  }

  private static synchronized void load() {
    if (!loaded) {
      if (!isInstalled()) {
        unpackLibrary();
      }
      Core.setNumThreads(1);
      loaded = true;
    }
  }

  /** Whether the system has this very version, as images have. */
  private static boolean isInstalled() {
    try {
      System.loadLibrary(Core.NATIVE_LIBRARY_NAME);
      return true;
    } catch (UnsatisfiedLinkError none) {
      return false;
    }
  }

  private static void unpackLibrary() {
    String name = System.mapLibraryName(Core.NATIVE_LIBRARY_NAME);
    String resource = "/nu/pattern/opencv/%s/%s".formatted(platform(), name);
    try (InputStream library = OpenCv.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IllegalStateException("OpenCV has no library for this platform: " + resource);
      }
      Path file = Files.createTempFile("lodisc-", "-" + name);
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        System.load(file.toString());
      } finally {
        // Once loaded it needs no name; where the system keeps it until the process ends, as late.
        if (!file.toFile().delete()) {
          file.toFile().deleteOnExit();
        }
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          ("OpenCV's library cannot be loaded from the folder for temporary files, %s;"
                  + " -Djava.io.tmpdir names another: %s")
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String folder =
        system.startsWith("win") ? "windows" : system.startsWith("mac") ? "osx" : "linux";
    return folder + (arm ? "/ARMv8" : "/x86_64");
  }
}
