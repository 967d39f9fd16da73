//! The page of all values of a facet: the tags, and the statuses or years where there are many.

// It links to nothing but lists, so addresses may be made from what is here.

/// The facets whose values may be too many to stand beside the log, with the page that lists them all.
pub(in crate::page) const INDEXED: [(&str, &str); 2] = [("status", "log/status.html"), ("year", "log/year.html")];

/// Values of a facet that stand beside the log; where there are more, a page lists them all.
pub(in crate::page) const NAMED: usize = 60;
