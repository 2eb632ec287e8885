package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=----x1";
    private static final String FORM = """
            ------x1
            Content-Disposition: form-data; name="text"

            collé : é
            ------x1
            Content-Disposition: form-data; name="file"; filename="t.yaml"
            Content-Type: application/yaml

            version: 1
            - "a"

            ------x1--
            """.replace("\n", "\r\n");

    @Test
    void eachPartIsAText() throws Refusal, IOException {
        Multipart form = read(TYPE, FORM, StandardCharsets.UTF_8);

        assertThat(form.text("text")).isEqualTo("collé : é");
        assertThat(form.text("file")).isEqualTo("version: 1\n- \"a\"\n");
        assertThat(form.text("other")).isEmpty();
    }

    @Test
    void theBoundaryMayBeInQuotesAndComeFirst() throws Refusal, IOException {
        Multipart form = read("Multipart/Form-Data; boundary=\"----x1\"; charset=utf-8", FORM, StandardCharsets.UTF_8);

        assertThat(form.text("text")).isEqualTo("collé : é");
    }

    @Test
    void whatIsNotUtf8IsRefusedAndNotGuessed() throws Refusal, IOException {
        Multipart form = read(TYPE, FORM, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> form.text("text")).isInstanceOf(Refusal.class).hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data", "multipart/form-data; boundary="})
    void whatIsNoSuchFormIsRefused(String type) {
        assertThatThrownBy(() -> read(type, FORM, StandardCharsets.UTF_8))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("multipart/form-data");
    }

    @Test
    void anUnknownFieldIsRefused() {
        assertThatThrownBy(() -> read(TYPE, FORM.replace("\"text\"", "\"other\""), StandardCharsets.UTF_8))
                .isInstanceOf(Refusal.class);
    }

    /** Whatever is cut off or changed, it is read or refused, and nothing else. */
    @Test
    void aDamagedFormIsRefusedOrRead() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);

        for (int i = 0; i < 2_000; i++) {
            var damaged = new StringBuilder(FORM);
            damaged.setLength(1 + random.nextInt(FORM.length()));
            damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(128));
            try {
                assertThat(read(TYPE, damaged.toString(), StandardCharsets.UTF_8))
                        .as("seed %d", seed)
                        .isNotNull();
            } catch (Refusal refused) {
                assertThat(refused).as("seed %d", seed).hasMessageNotContaining("null");
            }
        }
    }

    private static Multipart read(String type, String form, Charset charset) throws Refusal, IOException {
        byte[] bytes = form.getBytes(charset);
        var upload = new Upload(type, null, bytes.length, new ByteArrayInputStream(bytes));
        return Multipart.read(upload, Set.of("text", "file"), 10_000);
    }
}
