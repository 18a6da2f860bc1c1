package dev.afterbay.local.e2e;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalEndpoints;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The local AWS, whose objects are files by themselves. */
record EmbeddedCloud(LocalAws aws) implements Cloud {
  static Cloud start(Path dir) {
    return new EmbeddedCloud(LocalAws.start(dir, 0, 0));
  }

  @Override
  public LocalEndpoints endpoints() {
    return aws.endpoints();
  }

  @Override
  public void refresh() {
    // The folder is the bucket.
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @Override
  public void rollShards() {
    aws.rollShards();
  }

  @Override
  public void close() {
    aws.close();
  }
}
