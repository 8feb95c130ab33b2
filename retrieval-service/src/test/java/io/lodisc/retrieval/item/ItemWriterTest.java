package io.lodisc.retrieval.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.retrieval.encoder.Encoding;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import io.lodisc.retrieval.support.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.dao.DataIntegrityViolationException;

class ItemWriterTest extends ServiceTest {

  @Autowired private ItemWriter writer;
  @Autowired private PictureCheck check;

  @Test
  void leavesNeitherRowsNorPicturesWhereTheTransactionFails() {
    String collection = api.collection("failing");
    add(collection, "kept-1", Pictures.png(11, 22, 33));
    List<?> before = Surroundings.files();
    List<NewItem> items =
        List.of(
            item("new", Pictures.png(44, 55, 66)),
            item("same", Pictures.png(11, 22, 33)),
            item("same", Pictures.png(77, 88, 99)));
    float[] vector = new float[48];
    vector[0] = 1;
    Encoding encoding = new Encoding("first", 48, List.of(vector, vector, vector));

    assertThatThrownBy(() -> writer.add("failing", items, encoding))
        .isInstanceOf(DataIntegrityViolationException.class);

    assertThat(api.get(collection).json().at("/items").asInt()).isEqualTo(1);
    assertThat(Surroundings.files()).isEqualTo(before);
    assertThat(api.get(collection + "/items/kept-1/picture").status()).isEqualTo(200);
  }

  private NewItem item(String id, byte[] picture) {
    return new NewItem(id, null, null, Map.of(), check.whole(new ByteArrayResource(picture)));
  }
}
