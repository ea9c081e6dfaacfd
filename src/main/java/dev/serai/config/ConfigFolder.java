package dev.serai.config;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place where configuration files lie side by side. */
public sealed interface ConfigFolder {
    /**
     * The files of this folder in the order of their names, without hidden files and without folders in it.
     *
     * @throws ConfigurationException if the folder or a file in it cannot be read
     */
    List<ConfigFile> files() throws ConfigurationException;

    /**
     * The file of this name in this folder; null if there is none. Nothing else in the folder is read.
     *
     * @throws ConfigurationException if it cannot be read
     */
    @Nullable
    ConfigFile file(String name) throws ConfigurationException;

    /** The shipped folder, and over it the user's if there is one. */
    static List<ConfigFolder> over(ConfigFolder shipped, @Nullable Path own) {
        return own == null ? List.of(shipped) : List.of(shipped, new Directory(own));
    }

    /**
     * The file of this name in the last of these folders that has one; null if none has.
     *
     * @throws ConfigurationException if one of them cannot be read
     */
    static @Nullable ConfigFile last(List<ConfigFolder> folders, String name) throws ConfigurationException {
        ConfigFile last = null;
        for (ConfigFolder folder : folders) {
            ConfigFile file = folder.file(name);
            last = file == null ? last : file;
        }
        return last;
    }

    /** A directory. One that does not exist is empty. */
    record Directory(Path path) implements ConfigFolder {
        @Override
        public List<ConfigFile> files() throws ConfigurationException {
            return Files.exists(path) ? ConfigFolder.list(path, path.toString()) : List.of();
        }

        @Override
        public @Nullable ConfigFile file(String name) throws ConfigurationException {
            Path file = path.resolve(name);
            return Files.exists(file) ? ConfigFile.read(file) : null;
        }
    }

    /** Files at hand: what would be read if they lay in a folder. */
    record Held(List<ConfigFile> files) implements ConfigFolder {
        public Held {
            files = List.copyOf(files);
        }

        @Override
        public @Nullable ConfigFile file(String name) {
            return ConfigFolder.named(name, files);
        }
    }

    /**
     * A folder on the class path, listed where it lies, in a jar or in a build folder, so that nothing keeps an index
     * of it.
     *
     * @param path   such as {@code serai/config/providers}
     * @param marker a resource outside the folder that is known to lie in the same jar: jars may lack entries for
     *               folders
     */
    record ClassPath(String path, String marker) implements ConfigFolder {
        @Override
        public List<ConfigFile> files() throws ConfigurationException {
            return files(ClassPath.class.getClassLoader());
        }

        @Override
        public @Nullable ConfigFile file(String name) throws ConfigurationException {
            return ConfigFolder.named(name, files());
        }

        List<ConfigFile> files(ClassLoader loader) throws ConfigurationException {
            URL found = loader.getResource(marker);
            if (found == null) {
                throw new ConfigurationException(new Problem(marker, 0, "is missing from the class path"));
            }
            String uri = found.toString();
            try {
                return listAt(uri.substring(0, uri.length() - marker.length()));
            } catch (IOException e) {
                throw new ConfigurationException(new Problem(path, 0, "cannot be read from the class path: " + e));
            }
        }

        private List<ConfigFile> listAt(String root) throws IOException, ConfigurationException {
            if (!root.startsWith("jar:")) {
                return ConfigFolder.list(Path.of(URI.create(root + path)), path);
            }
            URI jar = URI.create(root.substring("jar:".length(), root.indexOf("!/")));
            try (FileSystem inside = FileSystems.newFileSystem(Path.of(jar), Map.of())) {
                return ConfigFolder.list(inside.getPath(path), path);
            }
        }
    }

    private static @Nullable ConfigFile named(String name, List<ConfigFile> files) {
        for (ConfigFile file : files) {
            if (file.name().equals(name)) {
                return file;
            }
        }
        return null;
    }

    private static List<ConfigFile> list(Path folder, String shownAs) throws ConfigurationException {
        List<ConfigFile> files = new ArrayList<>();
        for (Path file : filesIn(folder, shownAs)) {
            files.add(ConfigFile.read(file, shownAs + "/" + file.getFileName()));
        }
        return List.copyOf(files);
    }

    private static List<Path> filesIn(Path folder, String shownAs) throws ConfigurationException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(new Problem(shownAs, 0, "cannot be read: " + e));
        }
    }
}
