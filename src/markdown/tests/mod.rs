//! A text goes in, and what a reader would get is compared.

mod hostile;
mod outlines;
mod pages;
mod properties;
mod raw;
mod sample;
mod speed;
