//! The line again, at every change, served from memory.
