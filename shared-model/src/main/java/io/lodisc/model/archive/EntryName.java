package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The parts of an entry's path, known to stay below the folder it is unpacked into. */
record EntryName(List<String> parts) {

  private static final Set<String> LITTER = Set.of("__MACOSX", "Thumbs.db", "desktop.ini");
  private static final int LONGEST_PART = 255;
  private static final int LONGEST = 1000;

  static EntryName of(String name) {
    if (name.startsWith("/")) {
      throw unsafe(name, "an absolute path");
    }
    if (name.indexOf('\\') >= 0) {
      throw unsafe(name, "a backslash in its path");
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw unsafe(name, "a control character in its path");
    }
    if (name.matches("[A-Za-z]:.*")) {
      throw unsafe(name, "a drive letter");
    }
    List<String> parts =
        Arrays.stream(name.split("/")).filter(p -> !p.isEmpty() && !p.equals(".")).toList();
    if (parts.contains("..")) {
      throw unsafe(name, "'..' in its path");
    }
    if (parts.isEmpty()) {
      throw unsafe(name, "no name");
    }
    if (name.length() > LONGEST || parts.stream().anyMatch(p -> bytes(p) > LONGEST_PART)) {
      throw unsafe(name.substring(0, 40) + "...", "a path that is too long");
    }
    return new EntryName(parts);
  }

  /** Hidden files and what operating systems leave behind. */
  boolean isLitter() {
    return parts.stream().anyMatch(EntryName::isLitter);
  }

  static boolean isLitter(String part) {
    return part.startsWith(".") || LITTER.contains(part);
  }

  private static int bytes(String part) {
    return part.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return String.join("/", parts);
  }

  static ArchiveException unsafe(String name, String what) {
    return new ArchiveException(
        Reason.TRAVERSAL, "the entry '%s' has %s".formatted(shown(name), what), null);
  }

  /** Without what would spoil a line of text. */
  static String shown(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
