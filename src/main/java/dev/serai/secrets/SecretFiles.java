package dev.serai.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Files with a secret each, as Docker and Kubernetes mount them, in folders that the operator allows. Immutable. */
public final class SecretFiles {
    private static final int MAX_BYTES = 16_384;

    private final List<Path> folders;

    /** @param folders absolute; none that is not there is a mistake */
    public SecretFiles(List<Path> folders) {
        this.folders = folders.stream().map(Path::normalize).toList();
    }

    /**
     * The file of this name, whether it is there or not.
     *
     * @throws ReferenceException if it lies in no folder that is allowed
     */
    public Path file(String name) {
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            throw ReferenceException.forGood("this is no path of a file");
        }
        if (!file.isAbsolute()
                || !file.equals(file.normalize())
                || folders.stream().noneMatch(folder -> file.startsWith(folder) && !file.equals(folder))) {
            throw ReferenceException.forGood("secrets are read from files in "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + " alone; mount it there, or allow its folder with serai.secret-folders");
        }
        return file;
    }

    /**
     * What the file holds, without the end of its last line.
     *
     * @throws ReferenceException if it is not there, cannot be read, or leads out of the folders
     */
    public String read(String name) {
        Path file = file(name);
        try {
            Path real = file.toRealPath();
            if (!leadsInto(real)) {
                throw ReferenceException.now(
                        "the file " + file + " is a link out of the folders that secrets are read from");
            }
            if (Files.size(real) > MAX_BYTES) {
                throw ReferenceException.now("the file " + file + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(real, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw ReferenceException.now(
                    Files.exists(file)
                            ? "the file " + file + " cannot be read; let the user that Serai runs as read it"
                            : "there is no file " + file + "; mount the secret there");
        }
    }

    private boolean leadsInto(Path real) throws IOException {
        for (Path folder : folders) {
            if (Files.isDirectory(folder) && real.startsWith(folder.toRealPath())) {
                return true;
            }
        }
        return false;
    }
}
