package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stanford Cars, in whichever of its three forms. */
final class CarsLayout implements Layout {

  /** One of the forms that the set is handed around in. */
  interface Form {

    /** The files by which it is recognised, in words. */
    String files();

    boolean isIn(Path top);

    Contents read(Path top) throws IOException;
  }

  private static final List<Form> FORMS =
      List.of(new CarsDevkit(), new CarsSingleFile(), new CarsFolders());

  @Override
  public String name() {
    return "cars";
  }

  @Override
  public String files() {
    return FORMS.stream().map(Form::files).collect(Collectors.joining(", nor "));
  }

  @Override
  public Optional<Path> find(Path root) throws IOException {
    return Tops.find(root, top -> form(top).isPresent());
  }

  @Override
  public Contents read(Path top, LayoutOptions options) throws IOException {
    return form(top).orElseThrow().read(top);
  }

  private static Optional<Form> form(Path top) {
    return FORMS.stream().filter(form -> form.isIn(top)).findFirst();
  }

  @Override
  public List<Count> counts(List<Entry> entries) {
    return List.of(
        Count.ofSplit(entries, "train", 8144),
        Count.ofSplit(entries, "test", 8041),
        Count.ofClasses(entries, 196));
  }
}
