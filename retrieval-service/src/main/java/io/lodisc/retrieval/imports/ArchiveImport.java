package io.lodisc.retrieval.imports;

import io.lodisc.model.archive.PictureArchive;
import io.lodisc.model.archive.PictureFolder;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.item.ItemWriter;
import io.lodisc.retrieval.item.NewItem;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** Unpacks an archive, checks and embeds its pictures, then writes all of them at once. */
@Service
class ArchiveImport {

  private final Catalogue catalogue;
  private final WorkFolders work;
  private final FolderReader reader;
  private final BatchEncoder encoder;
  private final ItemWriter writer;

  ArchiveImport(
      Catalogue catalogue,
      WorkFolders work,
      FolderReader reader,
      BatchEncoder encoder,
      ItemWriter writer) {
    this.catalogue = catalogue;
    this.work = work;
    this.reader = reader;
    this.encoder = encoder;
    this.writer = writer;
  }

  Imported run(String name, Resource file, String split, boolean skipBroken) {
    PictureCollection collection = catalogue.get(name);
    try (WorkFolders.Work folder = work.open()) {
      List<Entry> entries = ofSplit(unpack(file, folder.path()), split);
      writer.refuseTaken(collection, entries.stream().map(Entry::id).toList());
      FolderReader.Read read = reader.read(entries, skipBroken);
      List<NewItem> items = read.items();
      writer.add(name, items, encoder.encode(collection, items));
      return new Imported(items.size(), read.skipped());
    }
  }

  private static List<Entry> unpack(Resource file, Path folder) {
    Path zip = folder.resolve("upload.zip");
    try (InputStream in = file.getInputStream()) {
      Files.copy(in, zip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path pictures = folder.resolve("pictures");
    PictureArchive.extract(zip, pictures, PictureArchive.Limits.DEFAULT);
    return PictureFolder.list(pictures);
  }

  private static List<Entry> ofSplit(List<Entry> entries, String split) {
    if (split == null || split.isBlank()) {
      return entries;
    }
    List<Entry> chosen = entries.stream().filter(e -> split.equals(e.split())).toList();
    if (chosen.isEmpty()) {
      String there =
          entries.stream()
              .map(Entry::split)
              .filter(Objects::nonNull)
              .collect(Collectors.toCollection(TreeSet::new))
              .toString();
      throw new ApiException(
          Problem.EMPTY_ARCHIVE,
          "The archive has no picture of the split '%s'.".formatted(split),
          "Its manifest.csv names these splits: %s.".formatted(there));
    }
    return chosen;
  }
}
