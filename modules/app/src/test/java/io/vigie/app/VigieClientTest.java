package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class VigieClientTest {
    @Test
    void aServerThatAsksWhoOneIsMakesAClearError() throws IOException {
        try (var vigie = new StubVigie().answering(401, "{}");
                var client = vigie.client()) {
            assertThatThrownBy(() -> client.get("/api/v1/offers"))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("asks who you are")
                    .hasMessageContaining("VIGIE_TOKEN");
        }
    }
}
