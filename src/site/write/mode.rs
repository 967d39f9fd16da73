//! Who may read what is published: everybody, whatever the one who builds lets others read.

use std::io;
use std::path::Path;

/// The permissions of what is published.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode {
    /// A file: everybody reads it.
    File,
    /// A folder: everybody looks into it.
    Folder,
}

impl Mode {
    /// Gives a path these permissions, where the system has such.
    #[cfg(unix)]
    pub(super) fn set(self, path: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let bits = match self {
            Mode::File => 0o644,
            Mode::Folder => 0o755,
        };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(bits))
    }

    /// Gives a path these permissions, where the system has such.
    #[cfg(not(unix))]
    pub(super) fn set(self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}
