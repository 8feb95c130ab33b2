package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureManifest;
import io.lodisc.model.archive.Wrapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A list of one's own: manifest.csv or manifest.jsonl. */
final class ManifestLayout implements Layout {

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public String files() {
    return "manifest.csv or manifest.jsonl";
  }

  @Override
  public Optional<Path> find(Path root) throws IOException {
    return Optional.of(Wrapper.inside(root)).filter(PictureManifest::isIn);
  }

  @Override
  public Contents read(Path top, LayoutOptions options) {
    return PictureManifest.read(top);
  }
}
