package dev.serai.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signs itself, made by the JDK's own keytool.
 *
 * @param chain PEM file of the certificate
 * @param key   PEM file of its private key
 */
public record Certificate(Path chain, Path key) {
    private static final String PASSWORD = "changeit";

    /** Makes a certificate for a host name, in a folder that the caller clears. */
    public static Certificate of(String host, Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve(host + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path chain = pem(
                folder.resolve(host + ".crt"),
                "CERTIFICATE",
                keys.getCertificate("it").getEncoded());
        byte[] key = keys.getKey("it", PASSWORD.toCharArray()).getEncoded();
        return new Certificate(chain, pem(folder.resolve(host + ".key"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
