package io.vigie.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie answer}. */
@Command(name = "answer", description = "Publishes the answer to a question of vigie questions.")
final class AnswerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "QUESTION_ID", description = "The question.")
    private String question = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The answer, as customers are to read it.")
    private String text = "";

    @Option(names = "--author", paramLabel = "NAME", description = "Who answers (default: the user's name here).")
    private @Nullable String author;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        var action = JsonNodeFactory.instance.objectNode();
        action.put("kind", "answer");
        action.put("question", question);
        action.put("text", text);
        action.put("author", author == null ? System.getProperty("user.name") : author);
        try (var client = new VigieClient(options.read())) {
            var answer = client.post("/api/v1/actions", action);
            if (!answer.ok()) {
                throw new CommandFailedException(answer.detail());
            }
            System.out.println("published as action " + answer.body().path("id").asText());
        }
        return 0;
    }
}
