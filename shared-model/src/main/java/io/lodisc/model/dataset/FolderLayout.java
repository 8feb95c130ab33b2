package io.lodisc.model.dataset;

import io.lodisc.model.archive.ClassFolders;
import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.Wrapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Class folders, under train, test and val folders or not, or a flat folder without labels. */
final class FolderLayout implements Layout {

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String files() {
    return "folder of pictures";
  }

  @Override
  public Optional<Path> find(Path root) throws IOException {
    return Optional.of(Wrapper.inside(root));
  }

  @Override
  public Contents read(Path top, LayoutOptions options) throws IOException {
    return new Contents(ClassFolders.read(top), List.of());
  }
}
