package dev.afterbay.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code deploy.sh} would do, and that what it tells the stacks is what they ask. */
class DeployScriptTest {
  private static final List<String> ARGUMENTS =
      List.of(
          "--application",
          "shop",
          "--table",
          "Orders",
          "--vpc",
          "vpc-1",
          "--subnets",
          "a,b",
          "--route-tables",
          "r",
          "--region",
          "eu-west-1",
          "--tag",
          "one");

  @Test
  void aRehearsalPrintsEveryStepInItsOrder() throws IOException, InterruptedException {
    List<String> lines = rehearsal();

    assertThat(lines)
        .extracting(line -> line.replaceAll(".*(doctor|push-image|afterbay-shop-[a-z]+) .*", "$1"))
        .containsSubsequence(
            "doctor",
            "afterbay-shop-image",
            "push-image",
            "afterbay-shop-pipeline",
            "afterbay-shop-alarms",
            "afterbay-shop-dashboard");
  }

  @Test
  void everyStackGetsTheParametersThatItHasNoDefaultFor() throws Exception {
    for (String line : rehearsal()) {
      Matcher stack =
          Pattern.compile("/deploy/([a-z]+\\.yaml) .*--parameter-overrides (.*)").matcher(line);
      if (stack.find()) {
        Set<String> given = new TreeSet<>();
        Stream.of(stack.group(2).split(" ", -1))
            .map(word -> word.replaceAll("=.*", ""))
            .forEach(given::add);
        JsonNode parameters = Template.read(stack.group(1)).root().path("Parameters");
        Set<String> needed = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        parameters
            .properties()
            .forEach(
                parameter -> {
                  all.add(parameter.getKey());
                  if (!parameter.getValue().has("Default")) {
                    needed.add(parameter.getKey());
                  }
                });
        assertThat(given).as(line).containsAll(needed);
        assertThat(all).as(line).containsAll(given);
      }
    }
  }

  @Test
  void whatIsMissingIsNamedBeforeAnythingIsDone() throws IOException, InterruptedException {
    assertThat(script(List.of("--dry-run", "--application", "shop")))
        .containsExactly("deploy.sh: --table is missing; --help shows what there is");
  }

  private static List<String> rehearsal() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(ARGUMENTS);
    all.add("--dry-run");
    return script(all);
  }

  private static List<String> script(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "deploy/deploy.sh"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Path.of("..").toFile()).redirectErrorStream(true);
    builder.environment().remove("AWS_REGION");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.lines().toList();
  }
}
