package dev.afterbay.consumer.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the key for hashed attributes is; never the key itself. */
public sealed interface KeyReference {
  /** The reference as the configuration spells it. */
  String text();

  /**
   * An environment variable, whose text in UTF-8 is the key.
   *
   * @param name of the variable
   */
  record Variable(String name) implements KeyReference {
    @Override
    public String text() {
      return "env:" + name;
    }
  }

  /**
   * A secret in Secrets Manager, whose text in UTF-8, or whose bytes, are the key.
   *
   * @param arn the secret's ARN
   * @param region the region in the ARN
   */
  record Secret(String arn, String region) implements KeyReference {
    private static final Pattern ARN =
        Pattern.compile(
            "arn:aws[a-z-]*:secretsmanager:([a-z]{2,}(?:-[a-z]+)+-[0-9]+):[0-9]{12}:secret:[!-~]+");

    @Override
    public String text() {
      return arn;
    }
  }

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException if it is none, with the way out
   */
  static KeyReference parse(String text) {
    if (text.matches("env:[A-Za-z_][A-Za-z0-9_]*")) {
      return new Variable(text.substring("env:".length()));
    }
    Matcher arn = Secret.ARN.matcher(text);
    if (!arn.matches()) {
      // What stands here by mistake may be the key itself.
      throw new IllegalArgumentException(
          "this is not a reference to a key; write env:NAME for an environment variable, or the ARN"
              + " of a secret in Secrets Manager");
    }
    return new Secret(text, arn.group(1));
  }
}
