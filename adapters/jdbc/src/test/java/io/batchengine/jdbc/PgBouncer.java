package io.batchengine.jdbc;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.batchengine.model.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real PgBouncer before the test's server, with the settings that it comes with; tests that ask for one are skipped where it is not installed. */
final class PgBouncer implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"), Path.of("/usr/local/bin/pgbouncer"));

    private final Process process;
    private final Path folder;
    private final int port;

    private PgBouncer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Started before the server of a url. */
    static PgBouncer start(String serverUrl, String mode, String... settings) throws IOException {
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeThat(program)
                .as(
                        "PgBouncer is not installed (Debian: apt-get install pgbouncer): what holds behind it is not tested")
                .isNotNull();
        Path folder = Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int port = freePort();
        Path ini = folder.resolve("pgbouncer.ini");
        Files.writeString(
                ini,
                Text.format("""
                [databases]
                * = host=localhost port=%s user=postgres
                [pgbouncer]
                listen_addr = localhost
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                %s
                """, serverUrl.replaceAll(".*:(\\d+)/.*", "$1"), port, mode, String.join("\n", settings)));
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) { // as which PgBouncer refuses to run
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(String.valueOf(program), ini.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        PgBouncer started = new PgBouncer(process, folder, port);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isOpen(port) || !process.isAlive());
        assumeThat(process.isAlive()).as("PgBouncer runs").isTrue();
        return started;
    }

    /** The way through it to the same database. */
    String url(String serverUrl) {
        return serverUrl.replaceAll(":(\\d+)/", ":" + port + "/");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(folder.resolve("pgbouncer.ini"));
        Files.deleteIfExists(folder);
    }
}
