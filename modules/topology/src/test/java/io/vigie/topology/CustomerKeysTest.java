package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CustomerKeysTest {
    private static final byte[] SECRET = secret(20);

    private static byte[] secret(int length) {
        byte[] secret = new byte[length];
        Arrays.fill(secret, (byte) 0x0b);
        return secret;
    }

    /** The first test case of RFC 4231. */
    @Test
    void aKeyIsTheBeginningOfAnHmac() {
        byte[] key = Base64.getUrlDecoder().decode(new CustomerKeys(SECRET).keyOf("Hi There"));

        assertThat(HexFormat.of().formatHex(key)).isEqualTo("b0344c61d8db38535ca8afceaf0bf12b");
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        var keys = new CustomerKeys(SECRET);
        var alone = IntStream.range(0, 2_000)
                .mapToObj(i -> keys.keyOf("customer-" + i))
                .toList();

        var together = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> keys.keyOf("customer-" + i))
                .toList();

        assertThat(together).isEqualTo(alone).doesNotHaveDuplicates();
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new CustomerKeys(secret(CustomerKeys.SECRET_BYTES_MIN - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15 bytes");
    }
}
