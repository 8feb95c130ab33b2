package io.lodisc.model.exchange;

import io.lodisc.model.exchange.ImportException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a file's tensors are the encoder's.
 *
 * @param naming that was recognised
 * @param prefix of a wrapper that stands before every name
 * @param depth number of blocks
 * @param sources by timm's name, the names in the file whose tensors are stacked
 * @param missing names that the encoder needs and the file lacks
 * @param unused names in the file that the encoder does not need
 */
record Recognition(
    Naming naming,
    String prefix,
    int depth,
    Map<String, List<String>> sources,
    List<String> missing,
    List<String> unused) {

  /** What training code commonly puts around a model: each is the name of an attribute. */
  private static final Set<String> WRAPPERS =
      Set.of("module", "model", "backbone", "base_encoder", "vit");

  private static final int MAX_DEPTH = 256;
  private static final int MAX_WRAPPERS = 3;
  private static final int MAX_NAMES = 20_000;
  private static final int SHOWN = 5;

  /**
   * The naming of which the most names are there, if they are at least half of what it needs.
   *
   * @throws ImportException if no naming is recognised
   */
  static Recognition of(Collection<String> names) {
    if (names.size() > MAX_NAMES) {
      throw ImportException.unsupported(
          "The file has %d tensors, more than any encoder.".formatted(names.size()));
    }
    Recognition best = null;
    for (String prefix : prefixes(names)) {
      for (Naming naming : Naming.ALL) {
        Recognition candidate = with(naming, prefix, names);
        if (best == null || candidate.sources.size() > best.sources.size()) {
          best = candidate;
        }
      }
    }
    if (best.depth == 0 || 2 * best.sources.size() < best.naming.sources(best.depth).size()) {
      throw unknown(names);
    }
    return best;
  }

  /** Names in a block that is used: they would change what the block computes. */
  List<String> unusedInside() {
    return unused.stream().filter(name -> name.startsWith(prefix + naming.blocks())).toList();
  }

  private static Recognition with(Naming naming, String prefix, Collection<String> names) {
    Set<String> there = new LinkedHashSet<>(names);
    int depth = depth(prefix + naming.blocks(), names);
    Map<String, List<String>> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    naming
        .sources(depth)
        .forEach(
            (target, alternatives) -> {
              List<List<String>> named =
                  alternatives.stream()
                      .map(parts -> parts.stream().map(prefix::concat).toList())
                      .toList();
              named.stream()
                  .filter(there::containsAll)
                  .findFirst()
                  .ifPresentOrElse(
                      parts -> found.put(target, parts),
                      () ->
                          named.getFirst().stream()
                              .filter(part -> !there.contains(part))
                              .forEach(missing::add));
            });
    Set<String> unused = new LinkedHashSet<>(there);
    found.values().forEach(unused::removeAll);
    return new Recognition(naming, prefix, depth, found, missing, List.copyOf(unused));
  }

  /** The number of the last block and one; 0 if there is none, or one beyond any transformer. */
  private static int depth(String blocks, Collection<String> names) {
    Pattern numbered = Pattern.compile(Pattern.quote(blocks) + "(\\d{1,4})\\..*");
    int depth = 0;
    for (String name : names) {
      Matcher matcher = numbered.matcher(name);
      if (matcher.matches()) {
        depth = Math.max(depth, Integer.parseInt(matcher.group(1)) + 1);
      }
    }
    return depth <= MAX_DEPTH ? depth : 0;
  }

  private static Set<String> prefixes(Collection<String> names) {
    Set<String> prefixes = new LinkedHashSet<>();
    prefixes.add("");
    for (String name : names) {
      int end = 0;
      for (int i = 0; i < MAX_WRAPPERS; i++) {
        int dot = name.indexOf('.', end);
        if (dot < 0 || !WRAPPERS.contains(name.substring(end, dot))) {
          break;
        }
        end = dot + 1;
        prefixes.add(name.substring(0, end));
      }
    }
    return prefixes;
  }

  private static ImportException unknown(Collection<String> names) {
    return new ImportException(
        Reason.UNKNOWN_NAMING,
        "The names are not those of a vision transformer of %s; the first are %s."
            .formatted(
                String.join(", ", Naming.ALL.stream().map(Naming::name).toList()),
                names.isEmpty() ? "none" : String.join(", ", names.stream().limit(SHOWN).toList())),
        List.of());
  }
}
