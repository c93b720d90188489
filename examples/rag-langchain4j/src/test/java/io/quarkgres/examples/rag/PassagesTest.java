package io.quarkgres.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How documents become passages. */
class PassagesTest {
  @Test
  void splitsAtHeadingsAndBlankLines(@TempDir Path folder) throws IOException {
    String paragraph = "A paragraph that goes on for a while. ".repeat(7).strip();
    Files.writeString(
        folder.resolve("README.md"),
        "# First\n\nShort.\n\n" + paragraph + "\n\n## Second\nText below it.\n");
    Files.createDirectories(folder.resolve("docs/more"));
    Files.writeString(folder.resolve("docs/more/b.md"), "No heading.");
    Files.writeString(folder.resolve("docs/ignored.txt"), "Not Markdown.");

    List<TextSegment> passages = Passages.of(folder);

    assertThat(passages)
        .extracting(TextSegment::text)
        .containsExactly(
            "First\n\nShort.\n\n" + paragraph, "Second\n\nText below it.", "\n\nNo heading.");
    assertThat(passages)
        .extracting(passage -> passage.metadata().getString("file"))
        .containsExactly("README.md", "README.md", "docs/more/b.md");
    assertThat(passages)
        .extracting(passage -> passage.metadata().getInteger("passage"))
        .containsExactly(1, 2, 1);
  }
}
