package io.lodisc.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureSplitsTest {

  private static final List<Entry> SPLIT =
      List.of(
          entry("a", "wren", "train"),
          entry("b", null, "train"),
          entry("c", "wren", "val"),
          entry("d", "wren", "test"),
          entry("e", null, "test"),
          entry("f", "wren", null));

  @Test
  void trainsOnTrainWhereThereIsOneAndOnAllElse() {
    assertThat(ids(PictureSplits.of(SPLIT, null).training())).containsExactly("a", "b");
    List<Entry> none = List.of(entry("a", "wren", null), entry("b", null, null));
    assertThat(PictureSplits.of(none, null).training()).isEqualTo(none);
    List<Entry> others = List.of(entry("a", "wren", "left"), entry("b", null, "right"));
    assertThat(PictureSplits.of(others, null).training()).isEqualTo(others);
  }

  @Test
  void aChosenSplitRestrictsWhatIsTrainedOnAndNotTheLabelled() {
    PictureSplits splits = PictureSplits.of(SPLIT, "test");

    assertThat(ids(splits.training())).containsExactly("d", "e");
    assertThat(ids(splits.labelledTrain())).containsExactly("a");
    assertThat(ids(splits.labelledTest())).containsExactly("d");
  }

  @Test
  void withoutTestPicturesValIsTheTest() {
    List<Entry> entries =
        List.of(entry("a", "wren", "train"), entry("c", "wren", "val"), entry("e", null, "test"));

    assertThat(ids(PictureSplits.of(entries, null).labelledTest())).containsExactly("c");
  }

  @Test
  void withoutSplitsThereIsNothingToTest() {
    PictureSplits splits = PictureSplits.of(List.of(entry("a", "wren", null)), null);

    assertThat(splits.labelledTrain()).isEmpty();
    assertThat(splits.labelledTest()).isEmpty();
  }

  @Test
  void namesTheSplitsThereAre() {
    DatasetException refused =
        catchThrowableOfType(DatasetException.class, () -> PictureSplits.of(SPLIT, "dev"));

    assertThat(refused).hasMessageContaining("'dev'");
    assertThat(refused.hint()).contains("test, train, val");
  }

  private static Entry entry(String id, String label, String split) {
    return new Entry(Path.of(id), id, id, label, null, split, Map.of());
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }
}
