package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebtTest {
    private static ArtifactFacts visited(String text) {
        ArtifactFacts facts = new ArtifactFacts(".");
        new Debt().visit(facts, "application.properties", text);
        return facts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.password=8f3kZq0Lw1Xv9TnB2c", "aws_access_key_id = AKIA2E0A8F3B244C9986",
        "api-key: \"Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA\""})
    void a_random_value_with_a_telling_name_is_found(String line) {
        assertThat(visited(line).findings).extracting(Finding::rule).containsExactly("debt.secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.password=${DB_PASSWORD}", "password=changeme-please", "token.type=bearer_token_header",
        "secret.name=my-application-secret", "password.minimum.length=12", "password=short"})
    void placeholders_and_words_are_passed_over(String line) {
        assertThat(visited(line).findings).isEmpty();
    }

    @Test
    void what_is_no_longer_maintained_is_said_with_its_source() {
        assertThat(Dependencies.debt(Map.of("a.jar", "log4j:log4j:1.2.17", "b.jar",
                "org.apache.logging.log4j:log4j-core:2.25.0", "c.jar", "org.eclipse.jetty:jetty-server:9.4.50",
                "d.jar", "org.springframework:spring-core:4.3.30.RELEASE", "e.jar",
                "org.springframework.boot:spring-boot:4.0.1"), Optional.empty())).extracting(Finding::artifact)
                .containsExactly("a.jar", "c.jar", "d.jar");
    }

    @Test
    void newer_releases_come_from_the_repository_that_is_given() throws IOException {
        try (LoopbackRepository repository = new LoopbackRepository()) {
            repository.serve("/org/acme/foo/maven-metadata.xml",
                    "<version>1.2</version><version>1.10</version><version>2.0-rc1</version>"
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(Dependencies.debt(Map.of("foo.jar", "org.acme:foo:1.2", "foo2.jar", "org.acme:foo:1.10",
                    "own.jar", "org.acme:own:1"), Optional.of(new ReleaseStore(repository.address()))))
                    .singleElement().satisfies(found -> {
                        assertThat(found.rule()).isEqualTo("debt.outdated");
                        assertThat(found.says()).contains("1.10");
                    });
        }
    }

    @Test
    void entropy_is_in_bits_per_character() {
        assertThat(Debt.entropyBits("aaaa")).isZero();
        assertThat(Debt.entropyBits("abab")).isEqualTo(1);
        assertThat(Debt.entropyBits("abcdefgh")).isEqualTo(3);
    }
}
