package io.vigie.server.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of API tokens: a line each, with {@code name roles sha256 expires created}; {@code #} begins a remark. A line that
 * cannot be read is told and leaves the others as they are. Whoever changes it writes a new file in its place, so that
 * readers see the old one or the new one.
 */
public final class TokenFile {
    /** Most bytes that are read. */
    static final int BYTES_MAX = 1024 * 1024;

    private static final String HEAD = "# API tokens of Vigie: name roles sha256 expires created (vigie token --help)";

    private final Path path;

    public TokenFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    public Path path() {
        return path;
    }

    /**
     * What the file says.
     *
     * @param problems lines that cannot be used, as sentences
     */
    public record Content(List<ApiToken> tokens, List<String> problems) {
        public Content {
            tokens = List.copyOf(tokens);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the file.
     *
     * @throws IOException when there is no such file, or it cannot be read, or is too large
     */
    public Content read() throws IOException {
        return parsed(lines());
    }

    /**
     * Adds a token; makes the file when there is none, readable by its owner only.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public void add(ApiToken token) throws IOException {
        change(lines -> {
            if (parsed(lines).tokens().stream().anyMatch(each -> each.name().equals(token.name()))) {
                throw new IllegalArgumentException("there is a token with the name " + token.name()
                        + " already; choose another, or revoke that one first");
            }
            var all = new ArrayList<>(lines);
            all.add(token.line());
            return all;
        });
    }

    /**
     * Takes a token out.
     *
     * @return whether there was one
     */
    public boolean remove(String name) throws IOException {
        return change(lines -> lines.stream()
                .filter(line ->
                        !line.strip().startsWith(name + " ") && !line.strip().startsWith(name + "\t"))
                .toList());
    }

    private interface Change {
        List<String> of(List<String> lines);
    }

    /** True when something changed. Two at once wait for each other. */
    private boolean change(Change change) throws IOException {
        Path directory = path.getParent();
        Files.createDirectories(directory);
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            List<String> before = Files.exists(path) ? lines() : List.of(HEAD);
            List<String> after = change.of(before);
            if (after.equals(before)) {
                return false;
            }
            Path next = Files.createTempFile(directory, ".tokens", ".new", ownerOnly());
            try {
                Files.write(next, after, StandardCharsets.UTF_8);
                Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
            return true;
        }
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.size(path) > BYTES_MAX) {
            throw new IOException(path + " has more than " + BYTES_MAX + " bytes; it is no file of tokens");
        }
        // Whatever the bytes are: those that are no UTF-8 make a bad line, not a bad file.
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private Content parsed(List<String> lines) {
        Map<String, Integer> seen = new HashMap<>();
        var tokens = new ArrayList<ApiToken>();
        var problems = new ArrayList<String>();
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            try {
                ApiToken token = ApiToken.of(line);
                Integer first = seen.putIfAbsent(token.name(), number);
                if (first != null) {
                    throw new IllegalArgumentException("has the name of line " + first + ", which counts");
                }
                tokens.add(token);
            } catch (IllegalArgumentException e) {
                problems.add(path + " line " + number + " " + e.getMessage());
            }
        }
        return new Content(tokens, problems);
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
