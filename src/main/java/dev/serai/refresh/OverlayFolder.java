package dev.serai.refresh;

import dev.serai.catalog.Overlays;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The user's folder of overlays. Writes nothing else, and each file as a whole. Blocks. */
final class OverlayFolder {
    private final Path folder;

    OverlayFolder(Path folder) {
        this.folder = folder;
    }

    Path file(String provider) {
        return folder.resolve(provider + ".yaml");
    }

    /**
     * The overlay of a provider; one that says nothing if there is none.
     *
     * @throws ConfigurationException if it is there and wrong
     */
    Overlay read(String provider) throws ConfigurationException {
        Path file = file(provider);
        return Files.exists(file) ? Overlay.of(Overlays.read(ConfigFile.read(file))) : new Overlay(provider, List.of());
    }

    /** The file as it would be written. */
    ConfigFile draft(Overlay overlay) {
        Path file = file(overlay.provider());
        return new ConfigFile(overlay.provider() + ".yaml", file.toString(), OverlayText.of(overlay));
    }

    void write(ConfigFile draft) throws IOException {
        Files.createDirectories(folder);
        // Hidden, so that nobody who reads the folder meanwhile takes it for an overlay.
        Path temporary = Files.createTempFile(folder, "." + draft.name(), ".tmp");
        try {
            Files.writeString(temporary, draft.text());
            Path file = folder.resolve(draft.name());
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // A temporary file is for its owner alone; a configuration file is not secret.
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
