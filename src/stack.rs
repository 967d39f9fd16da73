//! How much room the threads that read, check and render have for calls.

use std::thread::Builder;

/// Bytes of stack. Templates include one another, and an unoptimised build takes much room for each; what the system gives a
/// thread by itself differs from system to system, and with the limits of a shell.
pub const STACK: usize = 8 * 1024 * 1024;

/// A thread with that much room.
pub fn roomy(name: &str) -> Builder {
    Builder::new().name(name.to_owned()).stack_size(STACK)
}
