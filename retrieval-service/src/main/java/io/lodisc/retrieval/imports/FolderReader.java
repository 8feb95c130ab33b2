package io.lodisc.retrieval.imports;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.image.PictureException;
import io.lodisc.retrieval.imports.Imported.Skipped;
import io.lodisc.retrieval.item.NewItem;
import io.lodisc.retrieval.item.PictureCheck;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
import org.springframework.stereotype.Component;

/** Checks every picture of a folder before anything else is done with it. */
@Component
class FolderReader {

  record Read(List<NewItem> items, List<Skipped> skipped) {}

  private final PictureCheck check;

  FolderReader(PictureCheck check) {
    this.check = check;
  }

  /**
   * Reads the entries.
   *
   * @param skipBroken leave out what is no picture, instead of refusing all
   * @throws PictureException naming the path of the first that is refused
   */
  Read read(List<Entry> entries, boolean skipBroken) {
    List<NewItem> items = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Entry entry : entries) {
      try {
        items.add(item(entry));
      } catch (PictureException e) {
        if (!skipBroken) {
          throw new PictureException(
              e.reason(),
              "%s: %s; nothing was imported (?skipBroken=true leaves such files out)"
                  .formatted(entry.path(), e.getMessage()),
              e);
        }
        skipped.add(new Skipped(entry.path(), e.getMessage()));
      }
    }
    if (items.isEmpty()) {
      throw new ApiException(
          Problem.EMPTY_ARCHIVE,
          "None of the %d files is a readable picture.".formatted(skipped.size()),
          "Send PNG, JPEG, WebP, GIF or BMP pictures.");
    }
    return new Read(items, skipped);
  }

  private NewItem item(Entry entry) {
    return new NewItem(
        entry.id(),
        entry.label(),
        entry.group(),
        entry.metadata(),
        check.whole(new FileSystemResource(entry.file())));
  }
}
