package io.lodisc.inference;

import io.lodisc.model.encoder.QueryEncoder;
import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service on a real port, a stand-in for training on another, real checkpoints on disk. */
@SpringBootTest(
    classes = InferenceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "lodisc.inference.follow-every=50ms",
      "lodisc.inference.models-in-memory=2",
      "lodisc.inference.max-picture-bytes=100KB"
    })
abstract class ServiceTest {

  static final TrainingStandIn TRAINING = new TrainingStandIn();
  static final Path HOME = temporary();
  private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("lodisc.home", HOME::toString);
    registry.add("lodisc.inference.training-url", TRAINING::url);
  }

  /** A new checkpoint that training offers, and an alias of the same name. */
  static String offer(long seed) {
    String id = "c" + seed + "-" + UUID.randomUUID();
    try {
      Path folder = TinyCheckpoint.write(HOME.resolve("training").resolve(id), seed);
      MADE.put(id, folder);
      TRAINING.checkpoints.put(id, folder);
      TRAINING.aliases.put(id, id);
      return id;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static float[][] expected(String checkpoint, byte[]... images) {
    List<Picture> pictures =
        Arrays.stream(images).map(i -> PictureDecoder.decode(i, Limits.DEFAULT)).toList();
    try (QueryEncoder encoder = QueryEncoder.load(MADE.get(checkpoint))) {
      return encoder.embed(pictures);
    }
  }

  static Path cached(String checkpoint) {
    return HOME.resolve("cache/checkpoints").resolve(checkpoint);
  }

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home");
      Files.createDirectories(folder.resolve("training"));
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
