package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether a file is on a file system of a network, on which SQLite's locks, log and memory maps can't be relied on. */
final class NetworkDisk {
    /** Finds the type of the file system that a file is on, as the operating system names it. */
    interface Types {
        String of(Path file) throws IOException;
    }

    static final Types OF_THE_SYSTEM = file -> Files.getFileStore(file).type();

    private static final Set<String> TYPES = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afpfs",
            "afs",
            "ncpfs",
            "9p",
            "webdav",
            "davfs",
            "sshfs",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "gpfs",
            "vboxsf",
            "prl_fs",
            "vmhgfs",
            "virtiofs");

    private static final String OF_PROGRAMS = "fuse.";

    private NetworkDisk() {}

    /** What to tell people of the place of a store; null where nothing speaks against it, or it can't be found out. */
    static @Nullable String note(Path database, Types types) {
        Path folder = database.getParent();
        String type;
        try {
            type = types.of(folder == null ? database : folder).toLowerCase(Locale.ROOT);
        } catch (IOException | RuntimeException unknown) {
            return null;
        }
        Path root = database.getRoot();
        boolean isShare = root != null && root.toString().startsWith("\\\\");
        if (!isShare && !TYPES.contains(type) && !type.startsWith(OF_PROGRAMS)) {
            return null;
        }
        return Text.format(
                "the store %s is on a file system of the type %s, which is one of a network, or of a program: locks and syncs of a SQLite file"
                        + " can't be relied on there, and it may be damaged; move it to a disk of this machine, or use PostgreSQL",
                Text.quote(database.toString()), Text.quote(type));
    }
}
