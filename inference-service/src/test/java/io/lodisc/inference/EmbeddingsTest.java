package io.lodisc.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class EmbeddingsTest extends ServiceTest {

  private static final String CHECKPOINT = offer(1);

  @Test
  void embedsInTheOrderOfTheParts() {
    byte[][] images = IntStream.range(0, 40).mapToObj(Drawings::png).toArray(byte[][]::new);

    Answer answer = Form.of(CHECKPOINT, images).send(port);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().at("/model/alias").asString()).isEqualTo(CHECKPOINT);
    assertThat(answer.checkpoint()).isEqualTo(CHECKPOINT);
    assertThat(answer.body().at("/dimension").asInt()).isEqualTo(TinyCheckpoint.DIMENSION);
    assertThat(answer.body().at("/embeddings").size()).isEqualTo(40);
    float[][] expected = expected(CHECKPOINT, images);
    for (int i = 0; i < images.length; i++) {
      assertThat(answer.vector(i)).containsExactly(expected[i], within(1e-5f));
    }
    assertThat(expected[0]).isNotEqualTo(expected[1]);
    double length = 0;
    for (float v : answer.vector(0)) {
      length += v * v;
    }
    assertThat(length).isCloseTo(1, within(1e-5));
  }

  @Test
  void takesTheProductionModelWhereNoneIsNamed() {
    TRAINING.aliases.put("production", CHECKPOINT);

    Answer answer = new Form().file("image", "a.png", Drawings.png(1)).send(port);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().at("/model/alias").asString()).isEqualTo("production");
  }

  @Test
  void takesAsManyImagesAsItSays() {
    byte[][] most = new byte[256][];
    Arrays.fill(most, Drawings.png(1));
    byte[][] tooMany = Arrays.copyOf(most, 257);
    tooMany[256] = most[0];

    assertThat(Form.of(CHECKPOINT, most).send(port).body().at("/embeddings").size()).isEqualTo(256);
    Answer refused = Form.of(CHECKPOINT, tooMany).send(port);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("out-of-range");
    assertThat(refused.body().at("/detail").asString()).contains("257").contains("256");
  }

  @Test
  void passesOnThatThereIsNoSuchAlias() {
    Answer answer = Form.of("nobody", Drawings.png(1)).send(port);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
    assertThat(answer.body().at("/hint").asString()).isEqualTo("Promote a checkpoint first.");
  }

  @Test
  void refusesAFormThatMakesNoSense() {
    assertRefused(Form.of(CHECKPOINT), 400, "invalid-request");
    assertRefused(Form.of(CHECKPOINT).field("image", "text"), 400, "invalid-request");
    assertRefused(Form.of("../x", Drawings.png(1)), 400, "invalid-request");
    assertRefused(Form.of(CHECKPOINT, Drawings.png(1)).field("k", "3"), 400, "unknown-field");
    assertRefused(
        Form.of(CHECKPOINT).file("images", "a.png", Drawings.png(1)), 400, "unknown-field");
  }

  @Test
  void refusesWhatIsNoPictureAndNamesIt() {
    byte[] good = Drawings.png(1);
    Form text = Form.of(CHECKPOINT, good).file("image", "notes.txt", "a text".getBytes());

    Answer answer = text.send(port);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("not-a-picture");
    assertThat(answer.body().at("/detail").asString()).contains("image 2 (notes.txt)");
    assertRefused(
        Form.of(CHECKPOINT, Arrays.copyOf(good, good.length - 20)), 422, "truncated-picture");
    assertRefused(Form.of(CHECKPOINT, huge(good)), 413, "picture-too-large");
    assertRefused(Form.of(CHECKPOINT, Arrays.copyOf(good, 200_000)), 413, "picture-too-large");
  }

  private void assertRefused(Form form, int status, String problem) {
    Answer answer = form.send(port);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().at("/hint").asString()).isNotBlank();
  }

  private static byte[] huge(byte[] png) {
    byte[] lie = png.clone();
    ByteBuffer header = ByteBuffer.wrap(lie).putInt(16, 50_000).putInt(20, 50_000);
    CRC32 crc = new CRC32();
    crc.update(lie, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return lie;
  }
}
