package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false, false, false, ''",
        "::1,       false, false, false, ''",
        "127.0.0.1, true,  false, false, ''",
        "0.0.0.0,   false, false, false, access.tokens",
        "0.0.0.0,   false, true,  true,  access.tokens",
        "192.0.2.1, true,  false, false, http.public.url",
        "192.0.2.1, true,  true,  false, ''",
        "::,        true,  false, true,  ''",
    })
    void anAddressOthersCanReachNeedsAQuestionAndTls(
            String host, boolean asks, boolean https, boolean insecure, String setting) {
        var refused = new Exposure(asks, https, insecure).refuses(host);

        assertThat(refused.isPresent()).isEqualTo(!setting.isEmpty());
        assertThat(refused.orElse("")).contains(setting);
    }
}
