//! One straight line: sources, records, log, checks, pages, site.

pub mod cache; // what is dear to make, remembered
pub mod date;
pub mod diagnostic;
pub mod error;
pub mod line; // lines and columns of a text
pub mod stack; // room for calls
pub mod text;

pub mod history; // what git knows of files
pub mod markdown;
pub mod search; // what readers search in
pub mod value;

pub mod config;
pub mod theme;

pub mod cost; // what a decision costs

pub mod author; // what writes records
pub mod check; // 4. what the process asks
pub mod log; // 3. how records relate
pub mod page; // 5. what a reader sees
pub mod record; // 2. what each file says
pub mod site; // 6. what is published
pub mod source; // 1. what is on disk

pub mod workspace; // the line, run again

pub mod cli;
pub mod lsp;
pub mod report;
pub mod serve;
