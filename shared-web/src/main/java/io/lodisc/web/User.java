package io.lodisc.web;

import java.util.regex.Pattern;

/**
 * Who asks. lodisc does not authenticate: a proxy in front of it does, and sends the name on in
 * this header.
 */
public final class User {

  public static final String HEADER = "Lodisc-User";
  public static final String ANONYMOUS = "anonymous";

  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}._@+-]{1,100}");

  private User() {}

  /** The name, which can be written anywhere. */
  public static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The header %s does not hold a user's name.".formatted(HEADER),
          "Use 1 to 100 letters, digits and . _ @ + -");
    }
    return name;
  }
}
