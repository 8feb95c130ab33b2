package io.lodisc.model.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Miniatures of the public sets with their traps, each laid out as it is distributed. */
final class Replicas {

  static final List<String> CARS =
      List.of("AM General Hummer SUV 2000", "Ram C/V Cargo Van Minivan 2012", "smart fortwo 2012");

  private Replicas() {}

  /**
   * CUB-200-2011: three classes, five pictures, two of them of one file name, one grey; split file
   * with the line ends of Windows; a text file beside the folder.
   */
  static Path cub(Path folder) {
    Path top = folder.resolve("CUB_200_2011");
    text(folder.resolve("attributes.txt"), "1 has_bill_shape::curved_(up_or_down)\n");
    text(
        top.resolve("classes.txt"),
        """
        1 001.Black_footed_Albatross
        2 002.Laysan_Albatross
        3 003.Sooty_Albatross
        """);
    text(
        top.resolve("images.txt"),
        """
        1 001.Black_footed_Albatross/Albatross_0001_1.jpg
        2 001.Black_footed_Albatross/Albatross_0002_2.jpg
        3 002.Laysan_Albatross/Albatross_0001_1.jpg
        4 002.Laysan_Albatross/Albatross_0003_3.jpg
        5 003.Sooty_Albatross/Albatross_0004_4.jpg
        """);
    text(top.resolve("image_class_labels.txt"), "1 1\n2 1\n3 2\n4 2\n5 3\n");
    text(top.resolve("train_test_split.txt"), "1 1\r\n2 0\r\n3 1\r\n4 0\r\n5 0\r\n");
    Path images = top.resolve("images");
    Drawn.jpeg(images.resolve("001.Black_footed_Albatross/Albatross_0001_1.jpg"), 1);
    Drawn.greyJpeg(images.resolve("001.Black_footed_Albatross/Albatross_0002_2.jpg"), 2);
    Drawn.jpeg(images.resolve("002.Laysan_Albatross/Albatross_0001_1.jpg"), 3);
    Drawn.jpeg(images.resolve("002.Laysan_Albatross/Albatross_0003_3.jpg"), 4);
    Drawn.jpeg(images.resolve("003.Sooty_Albatross/Albatross_0004_4.jpg"), 5);
    return folder;
  }

  /** Stanford Cars' devkit: train and test reuse file names, a class name holds a slash. */
  static Path carsDevkit(Path folder) {
    MatFiles.write(
        folder.resolve("devkit/cars_meta.mat"), Map.of("class_names", MatFiles.cell(CARS)));
    annotations(
        folder.resolve("devkit/cars_train_annos.mat"),
        List.of(car("00001.jpg", 2), car("00002.jpg", 1), car("00003.jpg", 3)));
    annotations(
        folder.resolve("devkit/cars_test_annos.mat"),
        List.of(car("00001.jpg", 0), car("00002.jpg", 0)));
    annotations(
        folder.resolve("cars_test_annos_withlabels.mat"),
        List.of(car("00001.jpg", 3), car("00002.jpg", 2)));
    for (int i = 1; i <= 3; i++) {
      Drawn.jpeg(folder.resolve("cars_train/0000%d.jpg".formatted(i)), i);
    }
    for (int i = 1; i <= 2; i++) {
      Drawn.jpeg(folder.resolve("cars_test/0000%d.jpg".formatted(i)), 10 + i);
    }
    return folder;
  }

  /** Stanford Cars in one folder of pictures, with one .mat file that tells the split. */
  static Path carsSingleFile(Path folder) {
    List<Map<String, Object>> rows = List.of(carIms(1, 2, false), carIms(2, 1, true));
    MatFiles.write(
        folder.resolve("cars_annos.mat"),
        ordered("annotations", MatFiles.structs(rows), "class_names", MatFiles.cell(CARS)));
    Drawn.jpeg(folder.resolve("car_ims/000001.jpg"), 1);
    Drawn.jpeg(folder.resolve("car_ims/000002.jpg"), 2);
    return folder;
  }

  /** Stanford Cars in class folders, where the slash of a class name had to go. */
  static Path carsFolders(Path folder) {
    Path data = folder.resolve("car_data/car_data");
    text(folder.resolve("names.csv"), String.join("\n", CARS));
    Drawn.jpeg(data.resolve("train/Ram C-V Cargo Van Minivan 2012/00001.jpg"), 1);
    Drawn.jpeg(data.resolve("train/AM General Hummer SUV 2000/00002.jpg"), 2);
    Drawn.jpeg(data.resolve("test/Ram C-V Cargo Van Minivan 2012/00001.jpg"), 3);
    return folder;
  }

  /** FGVC-Aircraft: variants with spaces and slashes, line ends of Windows in one list. */
  static Path aircraft(Path folder) {
    Path data = folder.resolve("fgvc-aircraft-2013b/data");
    text(data.resolve("variants.txt"), "707-320\nF/A-18\nGulfstream IV\n");
    text(
        data.resolve("images_variant_trainval.txt"),
        "1025794 707-320\r\n0034309 F/A-18\r\n0056978 Gulfstream IV\r\n");
    text(data.resolve("images_variant_test.txt"), "0062765 F/A-18\n0063401 Gulfstream IV\n");
    for (String id : List.of("1025794", "0034309", "0056978", "0062765", "0063401")) {
      Drawn.jpeg(data.resolve("images/%s.jpg".formatted(id)), Long.parseLong(id));
    }
    return folder;
  }

  /** Caltech-101: every class numbers its files from 1; files that are no pictures. */
  static Path caltech101(Path folder) {
    Path top = folder.resolve("caltech-101/101_ObjectCategories");
    Map<String, Integer> classes = new LinkedHashMap<>();
    classes.put("BACKGROUND_Google", 8);
    classes.put("Faces", 8);
    classes.put("accordion", 3);
    classes.put("yin_yang", 1);
    classes.forEach(
        (label, count) -> {
          for (int i = 1; i <= count; i++) {
            Path file = top.resolve(label).resolve("image_%04d.jpg".formatted(i));
            Drawn.greyJpeg(file, 100L * label.length() + i);
          }
        });
    text(top.resolve("BACKGROUND_Google/tmp"), "left over");
    text(top.resolve(".DS_Store"), "left over");
    return folder;
  }

  static Path text(Path file, String text) {
    return Drawn.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts other words into a text file and returns what it held. */
  static String edit(Path file, String from, String to) {
    try {
      String text = Files.readString(file);
      if (!text.contains(from)) {
        throw new IllegalArgumentException(from);
      }
      Files.writeString(file, text.replace(from, to));
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void annotations(Path file, List<Map<String, Object>> rows) {
    MatFiles.write(file, Map.of("annotations", MatFiles.structs(rows)));
  }

  /**
   * An element of the devkit's annotations.
   *
   * @param number of the class, from 1; 0: the file does not tell it
   */
  static Map<String, Object> car(String name, int number) {
    Map<String, Object> row = ordered("bbox_x1", 39, "bbox_y1", 116, "bbox_x2", 569);
    row.put("bbox_y2", 375);
    if (number > 0) {
      row.put("class", (byte) number);
    }
    row.put("fname", name);
    return row;
  }

  static Map<String, Object> carIms(int picture, int number, boolean test) {
    Map<String, Object> row =
        ordered(
            "relative_im_path",
            "car_ims/%06d.jpg".formatted(picture),
            "bbox_x1",
            1,
            "class",
            number);
    row.put("test", test);
    return row;
  }

  @SuppressWarnings("unchecked")
  private static <T> Map<String, T> ordered(Object... pairs) {
    Map<String, T> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (T) pairs[i + 1]);
    }
    return map;
  }
}
