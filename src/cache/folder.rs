//! The door to the folder where packs lie, as traits.

use std::io;

/// A folder of packs.
pub trait Folder: Send + Sync {
    /// The names of the packs; none when there is no folder yet.
    ///
    /// # Errors
    /// When the folder cannot be read.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Opens a pack for reading.
    ///
    /// # Errors
    /// When it is gone, or is no plain file.
    fn open(&self, name: &str) -> io::Result<Box<dyn Pack>>;

    /// Starts a pack aside, where nobody reads it.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    fn create(&self) -> io::Result<Box<dyn Aside>>;

    /// Removes a pack. That it cannot be removed, or is gone, harms nobody.
    fn remove(&self, name: &str);
}

/// A pack that can be read; it stays readable when its file is removed meanwhile.
pub trait Pack: Send + Sync {
    /// Its length in bytes.
    fn len(&self) -> u64;

    /// Whether there is nothing in it.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `bytes` from `offset` on.
    ///
    /// # Errors
    /// When it cannot be read, or ends before.
    fn read(&self, offset: u64, bytes: &mut [u8]) -> io::Result<()>;
}

/// A pack that is being written; it vanishes unless it is published.
pub trait Aside: io::Write + Send {
    /// Gives it its name, in one step: nobody ever sees half of it.
    ///
    /// # Errors
    /// When it cannot be written to its end, or renamed.
    fn publish(self: Box<Self>, name: &str) -> io::Result<()>;
}
