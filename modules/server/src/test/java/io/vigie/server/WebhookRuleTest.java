package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRuleTest {
    private static final WebhookRule PUBLIC = new WebhookRule(Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1.2.3:8080/x",
                "http://localhost/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::a00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[fe80::1]/",
                "http://[fd00::1]/",
                "http://0.0.0.0/",
                "http://0.1.2.3/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.64.0.1/",
                "http://198.18.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://2130706433/",
            })
    void whatIsNotPublicIsRefused(String url) {
        assertThat(PUBLIC.refuses(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://93.184.215.14/",
                "file:///etc/passwd",
                "jar:http://93.184.215.14/!/",
                "//93.184.215.14/",
                "93.184.215.14",
                "http:///path",
                "http://user:secret@93.184.215.14/",
                "http://93.184.215.14/a b",
                "",
            })
    void whatIsNoPlainWebAddressIsRefused(String url) {
        assertThat(PUBLIC.refuses(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://93.184.215.14/", "HTTPS://93.184.215.14:8443/hook?key=x", "http://[2606:2800::1]/"})
    void whatIsPublicIsTaken(String url) {
        assertThat(PUBLIC.refuses(url)).isEmpty();
    }

    @Test
    void anOperatorAllowsHostsAddressesAndNetworks() {
        var rule = new WebhookRule(Set.of("127.0.0.1", "10.1.0.0/16", "CRM.internal", "fd00::/8"));

        assertThat(rule.refuses("http://127.0.0.1:9000/")).isEmpty();
        assertThat(rule.refuses("http://127.0.0.2:9000/")).isPresent();
        assertThat(rule.refuses("http://10.1.255.3/")).isEmpty();
        assertThat(rule.refuses("http://10.2.0.1/")).isPresent();
        assertThat(rule.refuses("http://crm.INTERNAL/hook")).isEmpty();
        assertThat(rule.refuses("http://[fd12::1]/")).isEmpty();
    }

    @Test
    void aLongAddressIsRefused() {
        assertThat(PUBLIC.refuses("http://93.184.215.14/" + "x".repeat(WebhookRule.LENGTH_MAX)))
                .hasValueSatisfying(why -> assertThat(why).contains("2000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "crm/8", "/8", "::1/129"})
    void aNetworkThatIsNoneIsAnError(String network) {
        assertThatThrownBy(() -> new WebhookRule(Set.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(network);
    }
}
